package io.smi.server.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords against bcrypt hashes, which takes tens of milliseconds each: in one thread of its own, that lives
 * only while there is work, and for a right password only once. Any number of clients that come with the same password
 * at the same time wait for one check.
 */
final class Passwords {
    /** Wrong passwords that wait; at 70 ms each this is how long an honest newcomer waits behind them at most. */
    private static final int WAITING = 32;

    private final byte[] secret = new byte[32];
    /** By user, the last that was right: as many as there are users. */
    private final ConcurrentHashMap<String, Attempt> proven = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<Attempt, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
    private final Executor executor;

    /**
     * One user with one password against one hash.
     *
     * @param known false for a user that is not there, who is checked all the same and never right
     * @param password its digest under a secret of this process, so that comparing it tells nothing
     */
    private record Attempt(String user, boolean known, String hash, String password) {}

    Passwords() {
        this(oneThread());
    }

    /** Checks where the executor says; one that is full throws. */
    Passwords(Executor executor) {
        this.executor = executor;
        new SecureRandom().nextBytes(secret);
    }

    private static Executor oneThread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Passwords::thread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "smi-passwords");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Whether the password is that user's: at once when this is known already, else later from another thread.
     *
     * @param users bcrypt hashes by name, not empty
     * @throws RejectedExecutionException when too many wait
     */
    CompletableFuture<Boolean> check(Map<String, String> users, String user, String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        String hash = users.get(user);
        // Somebody unknown costs as much as a wrong password, so that the time does not tell who is known.
        String any = hash == null ? users.values().iterator().next() : hash;
        Attempt attempt = new Attempt(user, hash != null, any, digest(bytes));
        if (attempt.equals(proven.get(user))) {
            return CompletableFuture.completedFuture(true);
        }
        return running.computeIfAbsent(attempt, a -> CompletableFuture.supplyAsync(() -> verify(a, bytes), executor));
    }

    private boolean verify(Attempt attempt, byte[] password) {
        try {
            // As everywhere else: what is behind the 72nd byte does not count.
            boolean right = BCrypt.verifyer(
                                    BCrypt.Version.VERSION_2A,
                                    LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
                            .verify(password, attempt.hash.getBytes(StandardCharsets.US_ASCII))
                            .verified
                    && attempt.known;
            if (right) {
                proven.put(attempt.user, attempt);
            }
            return right;
        } finally {
            running.remove(attempt);
        }
    }

    private String digest(byte[] password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
