package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C library stands in for NVIDIA's: its functions take the same kinds of arguments. */
class NvmlLibraryTest {
    private static Nvml libc() throws IOException {
        for (String file :
                List.of("/lib/x86_64-linux-gnu/libc.so.6", "/lib/aarch64-linux-gnu/libc.so.6", "/lib64/libc.so.6")) {
            if (new File(file).exists()) {
                return NvmlLibrary.load(new File(file));
            }
        }
        throw new IOException("no C library here");
    }

    @Test
    void callsFunctionsWithNumbersAndBuffers() throws IOException {
        Nvml libc = libc();
        assertThat(libc.call("abs", -7)).isEqualTo(7);
        ByteBuffer one = new Scratch().text("0000:3b:00.0");
        ByteBuffer other = new Scratch().text("");
        assertThat(libc.call("strlen", one)).isEqualTo(12);
        libc.call("memcpy", other, one, 12L);
        assertThat(Query.string(other)).isEqualTo("0000:3b:00.0");
    }

    @Test
    void aFunctionThatItLacksIsNotFound() throws IOException {
        Nvml libc = libc();
        assertThat(libc.call("nvmlDeviceGetName")).isEqualTo(NvmlReturn.FUNCTION_NOT_FOUND);
        assertThat(libc.call("nvmlDeviceGetName")).isEqualTo(NvmlReturn.FUNCTION_NOT_FOUND);
    }

    @Test
    void whatIsNoLibraryCannotBeLoaded(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("libnvidia-ml.so.1"), "none");
        assertThatThrownBy(() -> NvmlLibrary.load(file.toFile()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot load " + file + ": ");
    }
}
