package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private final Problems problems = new Problems();

    @TempDir
    Path root;

    private Path passwd;
    private Users users;

    @BeforeEach
    void anEtcFolder() throws IOException {
        passwd = Files.createDirectory(root.resolve("etc")).resolve("passwd");
        users = new Users(new KernelFiles(root.toFile()));
    }

    @Test
    void aNumberHasTheFirstNameInPasswd() throws IOException {
        Files.writeString(passwd, """
                root:x:0:0:root:/root:/bin/bash
                # 7:7:7:7
                broken
                toor:x:0:0::/root:/bin/sh
                www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
                +::::::
                last:x:1000:1000::/home/last:/bin/sh""");
        users.refresh(problems);
        assertThat(users.name(0)).isEqualTo("root");
        assertThat(users.name(33)).isEqualTo("www-data");
        assertThat(users.name(1000)).isEqualTo("last");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whoHasNoNameIsANumber() {
        users.refresh(problems);
        assertThat(users.name(4294967294L)).isEqualTo("4294967294");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldEachTime() throws IOException {
        Files.createDirectory(passwd);
        users.refresh(new Problems());
        users.refresh(problems);
        assertThat(problems.list()).hasSize(1);
        Files.delete(passwd);
        Files.writeString(passwd, "bob:x:1000:1000::/:/bin/sh\n");
        Problems none = new Problems();
        users.refresh(none);
        assertThat(none.list()).isEmpty();
        assertThat(users.name(1000)).isEqualTo("bob");
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        Files.writeString(passwd, "alice:x:1000:1000::/:/bin/sh\n");
        users.refresh(problems);
        Files.writeString(passwd, "clara:x:1000:1000::/:/bin/sh\n");
        Files.setLastModifiedTime(passwd, FileTime.fromMillis(1_000_000));
        users.refresh(problems);
        assertThat(users.name(1000)).isEqualTo("clara");
    }
}
