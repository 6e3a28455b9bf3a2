package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.schema.Gpu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serving a machine whose GPU is pulled out, and put in again. */
@Timeout(120)
class ApiUnpluggedIT {
    private static final String ADDRESS = "0000:03:00.0";

    @TempDir
    private Path folder;

    @Test
    void whatIsPulledOutIsRemovedAndComesBack() throws Exception {
        Path device = Files.createDirectories(folder.resolve("devices/" + ADDRESS));
        Path drm = Files.createDirectories(folder.resolve("class/drm"));
        Path card = Files.createDirectories(device.resolve("drm/card0"));
        Files.createSymbolicLink(card.resolve("device"), device);
        Files.createSymbolicLink(
                device.resolve("driver"), Files.createDirectories(folder.resolve("bus/pci/drivers/amdgpu")));
        Path link = Files.createSymbolicLink(drm.resolve("card0"), card);
        try (ApiProcess smi = ApiProcess.start(
                        "--listen", "127.0.0.1:0", "--interval", "200ms", "--path.sysfs", folder.toString());
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            Await.until("the card is there", () -> {
                List<Gpu> gpus = events.frames(1).getFirst().frame().gpus();
                return gpus.size() == 1 && ADDRESS.equals(gpus.getFirst().pciBusId());
            });
            Files.delete(link);
            assertThat(next(events, "device.removed")).contains(ADDRESS);
            Files.createSymbolicLink(link, card);
            assertThat(next(events, "device.added")).contains(ADDRESS);
        }
    }

    private static String next(EventStream events, String kind) throws Exception {
        while (true) {
            Event event = events.next();
            assertThat(event).as("the stream goes on").isNotNull();
            if (event.kind().equals(kind)) {
                return event.data();
            }
        }
    }
}
