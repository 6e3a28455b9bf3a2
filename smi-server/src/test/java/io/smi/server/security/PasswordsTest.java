package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    private static String hash(int cost, String password) {
        return BCrypt.withDefaults().hashToString(cost, password.toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void everyNameOfTheSameHashIsUnderstood(String prefix) {
        Map<String, String> users = Map.of("alice", prefix + hash(4, "pässwörd").substring(4));
        assertThat(passwords.check(users, "alice", "pässwörd").join()).isTrue();
        assertThat(passwords.check(users, "alice", "passwort").join()).isFalse();
    }

    /** Made by Apache's htpasswd -nbBC 4, which like all others takes 72 bytes. */
    @Test
    void longPasswordIsCutAsEverywhere() {
        Map<String, String> users = Map.of("alice", "$2y$04$ooes65h.fQhCWqzE0nm6oOQH/HNzcI6gBfTOlUXc/lgrOfen6dSOa");
        assertThat(passwords.check(users, "alice", "x".repeat(100)).join()).isTrue();
        assertThat(passwords.check(users, "alice", "x".repeat(71)).join()).isFalse();
    }

    @Test
    void rightPasswordIsKnownAtOnceTheSecondTime() {
        Map<String, String> users = Map.of("alice", hash(4, "secret"));
        assertThat(passwords.check(users, "alice", "secret").join()).isTrue();
        assertThat(passwords.check(users, "alice", "secret")).isCompletedWithValue(true);
        assertThat(passwords.check(users, "alice", "other").join()).isFalse();
        assertThat(passwords.check(users, "alice", "secret")).isCompletedWithValue(true);
    }

    @Test
    void newHashForgetsThePassword() {
        assertThat(passwords
                        .check(Map.of("alice", hash(4, "secret")), "alice", "secret")
                        .join())
                .isTrue();
        assertThat(passwords
                        .check(Map.of("alice", hash(4, "other")), "alice", "secret")
                        .join())
                .isFalse();
    }

    @Test
    void nobodyUnknownEverPasses() {
        Map<String, String> users = Map.of("alice", hash(4, "secret"));
        assertThat(passwords.check(users, "bob", "secret").join()).isFalse();
        assertThat(passwords.check(users, "alice", "secret").join()).isTrue();
        assertThat(passwords.check(users, "bob", "secret").join()).isFalse();
    }

    @Test
    void unknownUserCostsOneCheckAsAWrongPasswordDoes() {
        List<Runnable> work = new ArrayList<>();
        Passwords later = new Passwords(work::add);
        CompletableFuture<Boolean> bob = later.check(Map.of("alice", hash(4, "secret")), "bob", "secret");
        assertThat(bob).isNotDone();
        assertThat(work).hasSize(1);
        work.get(0).run();
        assertThat(bob).isCompletedWithValue(false);
    }

    @Test
    void floodOfWrongPasswordsIsRefusedAndThoseWhoAreKnownStillPass() {
        Map<String, String> users = Map.of("alice", hash(8, "secret"));
        assertThat(passwords.check(users, "alice", "secret").join()).isTrue();
        List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        waiting.add(passwords.check(users, "alice", "wrong" + i));
                    }
                })
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(passwords.check(users, "alice", "secret")).isCompletedWithValue(true);
        assertThat(waiting).allSatisfy(check -> assertThat(check.join()).isFalse());
        assertThat(passwords.check(users, "alice", "wrong999").join()).isFalse();
    }

    @Test
    void samePasswordAtTheSameTimeIsCheckedOnce() {
        List<Runnable> work = new ArrayList<>();
        Passwords later = new Passwords(work::add);
        Map<String, String> users = Map.of("alice", hash(4, "secret"));
        CompletableFuture<Boolean> first = later.check(users, "alice", "secret");
        assertThat(later.check(users, "alice", "secret")).isSameAs(first).isNotDone();
        assertThat(later.check(users, "alice", "other")).isNotSameAs(first);
        assertThat(work).hasSize(2);
        work.forEach(Runnable::run);
        assertThat(first).isCompletedWithValue(true);
        assertThat(later.check(users, "alice", "secret")).isCompletedWithValue(true);
        assertThat(work).hasSize(2);
    }
}
