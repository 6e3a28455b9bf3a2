package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.chassis.KernelReader.Kernel;
import io.smi.core.kernel.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelReaderTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @Test
    void namesTheSystem() throws IOException {
        FileTree tree = new FileTree(folder)
                .file("proc/sys/kernel/osrelease", "6.8.0-79-generic\n")
                .file("proc/sys/kernel/random/boot_id", "6c1f2d0e-93b4-4c7d-a5e8-0b6f21d97a34\n")
                .file("root/usr/lib/os-release", "NAME=Fedora\nPRETTY_NAME=\"Fedora Linux 42\"\n");
        assertThat(new KernelReader(tree.roots()).read(problems))
                .isEqualTo(new Kernel("Fedora Linux 42", "6.8.0-79-generic", "6c1f2d0e-93b4-4c7d-a5e8-0b6f21d97a34"));
    }

    @Test
    void theFileInEtcGoesFirst() throws IOException {
        FileTree tree = new FileTree(folder)
                .file("root/etc/os-release", "PRETTY_NAME=Site\n")
                .file("root/usr/lib/os-release", "PRETTY_NAME=Vendor\n");
        assertThat(new KernelReader(tree.roots()).read(problems)).isEqualTo(new Kernel("Site", null, null));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void anEmptyTreeHasNoKernel() throws IOException {
        assertThat(new KernelReader(new FileTree(folder).roots()).read(problems))
                .isNull();
    }

    @Test
    void quotesAreTakenOffAsAShellWould() {
        assertThat(KernelReader.prettyName("PRETTY_NAME=\"A \\\"B\\\" \\$5 \\\\ \\n 'c'\"\n"))
                .isEqualTo("A \"B\" $5 \\ \\n 'c'");
        assertThat(KernelReader.prettyName("PRETTY_NAME='A \\\"B'\n")).isEqualTo("A \\\"B");
        assertThat(KernelReader.prettyName("# a comment\nID=arch\nPRETTY_NAME=Arch"))
                .isEqualTo("Arch");
    }

    @Test
    void aNameThatIsEmptyCutShortOrMissingIsNull() {
        assertThat(KernelReader.prettyName("PRETTY_NAME=\"\"\n")).isNull();
        assertThat(KernelReader.prettyName("PRETTY_NAME=\n")).isNull();
        assertThat(KernelReader.prettyName("PRETTY_NAME=\"Debian GNU/Li")).isNull();
        assertThat(KernelReader.prettyName("NAME=PRETTY_NAME=x\n")).isNull();
        assertThat(KernelReader.prettyName(null)).isNull();
    }
}
