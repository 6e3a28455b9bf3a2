package io.smi.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.schema.EncodedFrame;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import io.smi.schema.ProcessInfoBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page at {@code /} shows in a real browser. */
class PagePeerTest extends PageServerTest {
    private static final String HEADINGS =
            "[...document.querySelectorAll('h2')].map(heading => heading.textContent).join(', ')";

    @Test
    void showsWhatAFrameSays() throws Exception {
        server.send(Machines.golden("alderlake-laptop"));
        tab.go(server.url());
        awaitLive();
        assertThat(tab.text("#detail")).isEqualTo("every 1 s");
        assertThat(tab.text("h1")).isEqualTo("lea-t14");
        assertThat(tab.text("#about"))
                .isEqualTo("Fedora Linux 42 (Workstation Edition) · 6.15.4-200.fc42.x86_64 · up 5 h 5 min");
        assertThat(headings()).isEqualTo("GPU 0, GPU 1, CPU 0, Memory, Machine");
        assertThat(meter("CPU 0", "Utilization")).isEqualTo("14.6 %");
        assertThat(meter("CPU 0", "Clock")).isEqualTo("2.18 / 4.70 GHz");
        assertThat(meter("CPU 0", "Power")).isEqualTo("11.2 W");
        assertThat(meter("CPU 0", "Temperature")).isEqualTo("70 °C");
        assertThat(meter("Memory", "Used")).isEqualTo("12.1 / 31.0 GiB");
        assertThat(meter("Memory", "Swap")).isEqualTo("0.18 / 8.00 GiB");
        assertThat(meter("Machine", "Load average")).isEqualTo("1.82 1.44  1.21");
        assertThat(meter("Machine", "Power")).isEqualTo("9.33 W by battery");
        assertThat(inCard("CPU 0", ".cores", "ariaLabel")).isEqualTo("16 logical CPUs, busiest cpu2 at 77.0\u00a0%");
        assertThat(inCard("Machine", "summary", "textContent")).isEqualTo("21 sensors, hottest 70\u00a0°C");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsADashAndNoZero() throws Exception {
        server.send(Machines.golden("alderlake-laptop"));
        tab.go(server.url());
        awaitLive();
        for (String label : List.of("Utilization", "Memory", "Power", "Temperature")) {
            assertThat(meter("GPU 1", label)).isEqualTo("–");
        }
        assertThat(inCard("GPU 1", ".badge", "textContent")).isEqualTo("asleep");
        assertThat(inCard("GPU 1", ".notes", "textContent")).isEqualTo("0000:01:00.0");
    }

    /** The model is in what the GPU maps of the host's memory, not in what the BIOS set aside. */
    @Test
    void aGpuThatUsesTheHostsMemoryHasWhatItMaps() throws Exception {
        server.send(Machines.golden("strix-halo"));
        tab.go(server.url());
        awaitLive();
        assertThat(meter("GPU 0", "Memory")).isEqualTo("60.4 / 96.5 GiB");
    }

    @Test
    void everyGoldenIsShownWithoutComplaint() throws Exception {
        for (String machine : Machines.goldens()) {
            SnapshotFrame frame = Machines.golden(machine);
            server.send(frame);
            tab.go(server.url() + "?" + machine);
            tab.awaitText("h1", frame.hostname());
            assertThat(tab.evaluate("document.body.innerText").asString())
                    .doesNotContain("undefined")
                    .doesNotContain("NaN")
                    .doesNotContain("null");
        }
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void aNewFrameTakesThePlaceOfTheOld() throws Exception {
        server.send(frame(1, gpu().utilizationPercent(12.34)).build());
        tab.go(server.url());
        awaitLive();
        assertThat(meter("GPU 0", "Utilization")).isEqualTo("12.3 %");
        server.send(frame(2, gpu().utilizationPercent(100.0)).build());
        tab.await(METER.formatted("GPU 0", "Utilization") + " === '100 %'");
    }

    @Test
    void chartsAreDrawnFromTheFirstFrameOn() throws Exception {
        tab.resize(1440, 2000);
        server.send(Machines.server(1, 8, 1).build());
        tab.go(server.url());
        awaitLive();
        tab.await(ALL_DRAWN);
    }

    @Test
    void aDeviceComesInItsPlaceAndGoes() throws Exception {
        Gpu first = Machines.gpu(0, 0);
        Gpu second = Machines.gpu(1, 0);
        server.send(frame(1).gpus(List.of(second)).build());
        tab.go(server.url());
        tab.await("document.querySelectorAll('.card').length === 1");
        server.send("device.added", "{\"uuid\":\"" + first.uuid() + "\",\"seq\":2}");
        server.send(frame(2).gpus(List.of(first, second)).build());
        tab.await(HEADINGS + " === 'GPU 0, GPU 1'");
        server.send("device.removed", "{\"uuid\":\"" + second.uuid() + "\",\"seq\":3}");
        tab.await(HEADINGS + " === 'GPU 0'");
        assertThat(tab.text("#events summary")).isEqualTo("Events: GPU 1 removed");
    }

    @Test
    void aDeviceThatCouldNotBeReadStaysWithoutItsOldValues() throws Exception {
        server.send(frame(1, gpu()).build());
        tab.go(server.url());
        awaitLive();
        server.send(frame(2).gpus(List.of())
                .errors(List.of(new FrameError(Section.GPU, "nvml", ErrorKind.TIMEOUT, "no answer by the deadline")))
                .build());
        tab.awaitText(".card .badge", "not read");
        assertThat(meter("GPU 0", "Utilization")).isEqualTo("–");
        assertThat(tab.text("#errors summary")).isEqualTo("1 not read");
        assertThat(tab.text("#errors li")).isEqualTo("gpu nvml, timeout: no answer by the deadline");
        server.send(frame(3).gpus(List.of()).build());
        tab.await("document.querySelectorAll('.card').length === 0");
    }

    /** As in a tab that was hidden in between. */
    @Test
    void aDeviceWhoseFirstFrameWasNeverPaintedHasItsName() throws Exception {
        tab.go(server.url());
        tab.await("stream");
        String data = new String(EncodedFrame.of(frame(1, gpu()).build()).bytes(), StandardCharsets.UTF_8);
        tab.evaluate("const first = " + data + "; takeFrame(first); takeFrame({...first, seq: 2, gpus: [],"
                + " errors: [{section: 'gpu', reader: 'nvml', kind: 'stale', message: 'hangs'}]})");
        tab.awaitText(".card .badge", "not read");
        assertThat(headings()).isEqualTo("GPU 0");
    }

    @Test
    void aChangeOfADeviceIsLogged() throws Exception {
        server.send(frame(1, gpu().state(GpuState.LOST)).build());
        tab.go(server.url());
        tab.awaitText(".card .badge", "lost");
        server.send(
                "device.updated",
                "{\"uuid\":\"" + GPU.uuid()
                        + "\",\"seq\":1,\"changed\":{\"state\":[\"ok\",\"lost\"],\"throttle_reasons\":[[],[\"hw_slowdown\"]]}}");
        tab.awaitText("#events summary", "Events: GPU 0: state ok → lost; throttle_reasons none → hw_slowdown");
    }

    @Test
    void listsAreAskedForAndRemembered() throws Exception {
        server.send(Machines.withLists(Machines.server(1, 8, 1)).build());
        tab.go(server.url());
        awaitLive();
        assertThat(server.asked().getFirst().query()).isNull();
        tab.click("#sections [value=process]");
        assertThat(awaitAsked(2).query()).isEqualTo("include=gpu,cpu,memory,chassis,process");
        tab.click("#sections [value=network]");
        assertThat(awaitAsked(3).query()).isEqualTo("include=gpu,cpu,memory,chassis,process,network");
        awaitLive();
        assertThat(tab.text("#tables caption")).isEqualTo("Processes 25 of 40");
        assertThat(tab.evaluate("[...document.querySelector('tbody tr').cells].map(cell => cell.textContent).join('|')")
                        .asString())
                .isEqualTo("1200|ada|1200\u00a0%|40.0\u00a0GiB|30.0\u00a0GiB|64|R|"
                        + "python3 train.py --rank 0 --config /srv/jobs/llama/pretrain.yaml");
        tab.command("Page.reload", Map.of());
        assertThat(awaitAsked(4).query()).isEqualTo("include=gpu,cpu,memory,chassis,process,network");
    }

    @Test
    void namesThatLookLikeHtmlAreText() throws Exception {
        String evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        server.send(Machines.server(1, 4, 1)
                .hostname(evil)
                .gpus(List.of(gpu().name(evil)
                        .uuid(evil)
                        .throttleReasons(List.of(evil))
                        .build()))
                .processes(List.of(ProcessInfoBuilder.builder()
                        .pid(1)
                        .name(evil)
                        .command(evil)
                        .user(evil)
                        .build()))
                .errors(List.of(new FrameError(Section.GPU, evil, ErrorKind.DENIED, evil)))
                .build());
        tab.go(server.url());
        tab.awaitText("h1", evil);
        server.send("device.updated", "{\"uuid\":\"<b>x</b>\",\"seq\":1,\"changed\":{\"<i>\":[\"<b>\",{\"<u>\":1}]}}");
        tab.awaitText("#events summary", "Events: <b>x</b>: <i> <b> → {\"<u>\":1}");
        assertThat(tab.evaluate("document.querySelectorAll('img, script, b b, i, u').length")
                        .intValue())
                .as("the page's own script and nothing else")
                .isEqualTo(1);
        assertThat(tab.evaluate("document.title").asString()).startsWith("<img");
        assertThat(tab.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 768, 1440, 3840})
    void nothingIsWiderThanTheScreen(int width) throws Exception {
        tab.resize(width, 740);
        server.send(Machines.withLists(Machines.server(8, 256, 1)).build());
        tab.go(server.url() + "#process,storage,network");
        awaitLive();
        assertThat(tab.evaluate("document.documentElement.scrollWidth").intValue())
                .isEqualTo(tab.evaluate("document.documentElement.clientWidth").intValue());
        assertThat(tab.evaluate("[...document.querySelectorAll('.card')].filter(card =>"
                                + " card.scrollWidth > card.clientWidth || [...card.querySelectorAll('dd span')].some("
                                + "span => span.scrollWidth > span.clientWidth)).map(card => card.innerText).join()")
                        .asString())
                .as("cards whose text is cut")
                .isEmpty();
    }

    @Test
    void followsTheThemeOfTheSystemUntilToldOtherwise() throws Exception {
        server.send(frame(1, gpu()).build());
        tab.prefer("light");
        tab.go(server.url());
        tab.awaitText("#theme", "Theme: auto");
        String light = background();
        tab.prefer("dark");
        String dark = background();
        assertThat(dark).isNotEqualTo(light);
        tab.click("#theme");
        assertThat(background()).isEqualTo(light);
        tab.command("Page.reload", Map.of());
        tab.awaitText("#theme", "Theme: light");
        assertThat(background()).isEqualTo(light);
    }

    /** For people to look at; {@code -Dsmi.screenshots=FOLDER}. */
    @Test
    void screenshots() throws Exception {
        String folder = System.getProperty("smi.screenshots");
        assumeTrue(folder != null, "no -Dsmi.screenshots");
        Files.createDirectories(Path.of(folder));
        picture(folder, "light-8", "light", 1440, 8, 256);
        picture(folder, "dark-8", "dark", 1440, 8, 256);
        picture(folder, "phone", "dark", 360, 2, 32);
        picture(folder, "wall-16", "dark", 3840, 16, 256);
    }

    private void picture(String folder, String name, String colours, int width, int gpus, int threads)
            throws Exception {
        tab.resize(width, 900);
        tab.prefer(colours);
        tab.go("about:blank");
        tab.go(server.url() + "#process,storage,network");
        for (int step = 0; step < 100; step++) {
            server.send(Machines.withLists(Machines.server(gpus, threads, step)).build());
        }
        awaitLive();
        for (int step = 100; step < 200; step++) {
            server.send(Machines.withLists(Machines.server(gpus, threads, step)).build());
        }
        tab.await("frame.seq === 1199 && !painting");
        int height = tab.evaluate("document.documentElement.scrollHeight").intValue();
        tab.resize(width, height);
        tab.await(ALL_DRAWN);
        tab.screenshot(Path.of(folder, name + ".png"));
    }

    /** Lines of a card that do not apply to the machine are hidden. */
    private static final String ALL_DRAWN = "[...document.querySelectorAll('.spark, .cores')]"
            + ".filter(canvas => canvas.clientWidth > 0).every(canvas => canvas.getContext('2d')"
            + ".getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0))";

    private String inCard(String card, String selector, String property) throws Exception {
        return tab.evaluate(
                        "[...document.querySelectorAll('.card')].find(card => card.querySelector('h2').textContent === '"
                                + card + "').querySelector('" + selector + "')." + property)
                .asString();
    }

    private String headings() throws Exception {
        return tab.evaluate(HEADINGS).asString();
    }

    private String background() throws Exception {
        return tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
                .asString();
    }
}
