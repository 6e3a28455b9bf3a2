package io.smi.core.drm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What drivers print, and what they should not. */
class DrmClientTest {
    private static final String ANY = "pos:\t0\nflags:\t02100002\ndrm-driver:\tany\ndrm-client-id:\t7\n";

    @Test
    void i915() throws KernelFormatException {
        DrmClient client = parse("""
                pos:	0
                flags:	0100002
                mnt_id:	26
                ino:	501
                drm-driver:	i915
                drm-client-id:	12
                drm-pdev:	0000:00:02.0
                drm-total-system0:	180 MiB
                drm-shared-system0:	16 MiB
                drm-active-system0:	0
                drm-resident-system0:	184320 KiB
                drm-purgeable-system0:	0
                drm-total-local0:	64 MiB
                drm-resident-local0:	48 MiB
                drm-engine-render:	9288864723 ns
                drm-engine-copy:	2035071108 ns
                drm-engine-video:	0 ns
                drm-engine-capacity-video:	2
                drm-engine-video-enhance:	0 ns
                """);
        assertThat(client.driver()).isEqualTo("i915");
        assertThat(client.pdev()).isEqualTo("0000:00:02.0");
        assertThat(client.id()).isEqualTo(12);
        assertThat(client.value("engine-render")).isEqualTo(9_288_864_723L);
        assertThat(client.value("engine-capacity-video")).isEqualTo(2);
        assertThat(client.memoryBytes()).as("the device's own memory").isEqualTo(48L << 20);
    }

    @Test
    void amdgpu() throws KernelFormatException {
        DrmClient client = parse("""
                pasid:	32778
                drm-driver:	amdgpu
                drm-pdev:	0000:03:00.0
                drm-client-id:	8
                drm-memory-vram:	98304 KiB
                drm-memory-gtt: 	20480 KiB
                drm-memory-cpu: 	0 KiB
                amd-memory-visible-vram:	49152 KiB
                amd-requested-gtt:	20480 KiB
                drm-engine-gfx:	93000000000 ns
                """);
        assertThat(client.id()).isEqualTo(8);
        assertThat(client.value("memory-gtt")).isEqualTo(20480L << 10);
        assertThat(client.memoryBytes()).isEqualTo(98304L << 10);
        assertThat(client.gttBytes()).isEqualTo(20480L << 10);
    }

    @Test
    void xe() throws KernelFormatException {
        DrmClient client = parse("""
                drm-driver:     xe
                drm-client-id:  3
                drm-pdev:       0000:03:00.0
                drm-total-vram0:        24000 KiB
                drm-resident-system:    0
                drm-resident-gtt:       192 KiB
                drm-resident-vram0:     23992 KiB
                drm-cycles-rcs: 28257900
                drm-total-cycles-rcs:   7655183225
                """);
        assertThat(client.value("cycles-rcs")).isEqualTo(28_257_900);
        assertThat(client.value("total-cycles-rcs")).isEqualTo(7_655_183_225L);
        assertThat(client.value("total-vram0")).as("not what is resident").isNull();
        assertThat(client.memoryBytes()).isEqualTo(23992L << 10);
        assertThat(client.gttBytes()).isEqualTo(192L << 10);
    }

    @Test
    void panfrost() throws KernelFormatException {
        DrmClient client = parse("""
                drm-driver:     panfrost
                drm-client-id:  14
                drm-engine-fragment:    1846584880 ns
                drm-cycles-fragment:    1424359409
                drm-maxfreq-fragment:   799999987 Hz
                drm-curfreq-fragment:   799999987 Hz
                drm-total-memory:       290 MiB
                drm-resident-memory:    36496 KiB
                """);
        assertThat(client.pdev()).isNull();
        assertThat(client.value("engine-fragment")).isEqualTo(1_846_584_880L);
        assertThat(client.memoryBytes())
                .as("the host's memory, as it has no other")
                .isEqualTo(36496L << 10);
    }

    @Test
    void theSameMemoryUnderTwoKeysCountsOnce() throws KernelFormatException {
        DrmClient client = parse(ANY + "drm-memory-vram:\t8 KiB\ndrm-resident-vram:\t8 KiB\n");
        assertThat(client.memoryBytes()).isEqualTo(8192);
    }

    /** The GPU of a processor, of xe: it is in what there is of memory. */
    @Test
    void whatIsMappedForADeviceWithoutMemoryOfItsOwnCountsOnce() throws KernelFormatException {
        DrmClient client = parse(ANY + "drm-resident-system:\t4 KiB\ndrm-resident-gtt:\t8 KiB\n");
        assertThat(client.memoryBytes()).isEqualTo(12288);
        assertThat(client.gttBytes()).isNull();
    }

    @Test
    void memoryThatIsNotToldIsNull() throws KernelFormatException {
        assertThat(parse(ANY + "drm-total-vram:\t8 KiB\n").memoryBytes()).isNull();
    }

    @Test
    void aNameThatAProgramChoseIsNoNumber() throws KernelFormatException {
        DrmClient client = parse(ANY + "drm-client-name:\tdrm-client-id: 99\ndrm-resident-vram:\t0\n");
        assertThat(client.id()).isEqualTo(7);
        assertThat(client.memoryBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\n",
                "pos:\t0\nflags:\t02\nmnt_id:\t15\nino:\t9\n",
                "drm-driver:\tany\ndrm-engine-gpu:\t5 ns\n",
                "drm-client-id:\t7\n",
            })
    void whatDoesNotTellItsClientIsNone(String text) throws KernelFormatException {
        assertThat(DrmClient.parse(Cursor.of(text))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "drm-engine-gpu:\t12",
        "drm-engine-gpu:\t12 ns",
        "drm-engine-g",
        "drm-engine-gpu:\tmany ns\\n",
        "drm-engine-gpu:\t-1 ns\\n",
        "drm-engine-gpu:\t12 s\\n",
        "drm-engine-gpu:\t\\n",
        "drm-resident-vram:\t9223372036854775807 KiB\\n",
        "drm-resident-vram:\t18446744073709551615\\n",
    })
    void whatIsCutShortOrNoNumberIsNotBelieved(String line) {
        String text = ANY + line.replace("\\n", "\n");
        assertThatThrownBy(() -> DrmClient.parse(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }

    static DrmClient parse(String text) throws KernelFormatException {
        @Nullable DrmClient client = DrmClient.parse(Cursor.of(text));
        return Objects.requireNonNull(client);
    }
}
