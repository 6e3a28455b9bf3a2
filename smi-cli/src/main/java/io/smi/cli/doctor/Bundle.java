package io.smi.cli.doctor;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/** What belongs to a bug report, in one file that only its owner can read, without what tells whose machine it is. */
public final class Bundle {
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final int FIRST_PERSON = 1000;
    private static final int NOBODY = 65_534;

    private Bundle() {}

    /**
     * Writes it.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is something of that name, a link too
     */
    public static void write(Path file, Report report, Machine machine) throws IOException {
        Scrubber scrubber = scrubber(machine);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, NEW, mode));
        try (Tar tar = new Tar(new GZIPOutputStream(out), report.time())) {
            for (Map.Entry<String, String> entry : contents(report, machine).entrySet()) {
                String scrubbed = scrubber.scrub(entry.getValue());
                tar.add("smi-doctor/" + entry.getKey(), scrubbed.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static Map<String, String> contents(Report report, Machine machine) {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("doctor.json", new String(report.json(), StandardCharsets.UTF_8) + "\n");
        contents.put("doctor.txt", report.text(false, false));
        contents.put("frame.json", frame(machine.frame()) + "\n");
        Roots roots = machine.roots();
        for (String name : List.of(
                "version", "cpuinfo", "meminfo", "self/cgroup", "driver/nvidia/version", "sys/kernel/osrelease")) {
            add(contents, roots.proc(), "proc/", name);
        }
        for (String name : List.of("sys_vendor", "product_name", "board_vendor", "board_name", "bios_version")) {
            add(contents, roots.sys(), "sys/", "class/dmi/id/" + name);
        }
        add(contents, roots.root(), "root/", "etc/os-release");
        return contents;
    }

    /** Without processes: what people run is theirs. */
    private static String frame(SnapshotFrame frame) {
        Set<Section> sections = new TreeSet<>(frame.sections());
        sections.remove(Section.PROCESS);
        return new String(EncodedFrame.of(frame.only(sections)).bytes(), StandardCharsets.UTF_8);
    }

    private static void add(Map<String, String> contents, KernelFiles files, String folder, String name) {
        String text = files.text(name, new Problems());
        if (text != null) {
            contents.put(folder + name, text + "\n");
        }
    }

    private static Scrubber scrubber(Machine machine) {
        Map<String, String> environment = machine.environment();
        List<String> hosts = new ArrayList<>();
        addHost(hosts, machine.frame().hostname());
        addHost(hosts, environment.getOrDefault("HOSTNAME", ""));
        List<String> users = new ArrayList<>();
        List<String> homes = new ArrayList<>();
        String passwd = machine.roots().root().text("etc/passwd", new Problems());
        for (String line : passwd == null ? new String[0] : passwd.split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length > 5 && isPerson(fields[2])) {
                addIf(users, fields[0]);
                addIf(homes, fields[5]);
            }
        }
        for (String variable : List.of("USER", "LOGNAME", "SUDO_USER")) {
            addIf(users, environment.getOrDefault(variable, ""));
        }
        addIf(homes, environment.getOrDefault("HOME", ""));
        return new Scrubber(hosts, users, homes, Scrubber.serials(frame(machine.frame())), environment);
    }

    private static boolean isPerson(String uid) {
        int number = KernelFiles.number(uid, 0);
        return number >= FIRST_PERSON && number != NOBODY;
    }

    /** The whole name first. */
    private static void addHost(List<String> hosts, String name) {
        addIf(hosts, name);
        addIf(hosts, name.split("\\.", 2)[0]);
    }

    /** What everybody has is no secret. */
    private static void addIf(List<String> names, String name) {
        if (name.length() > 1
                && !Set.of("root", "/root", "localhost", "nobody", "/nonexistent")
                        .contains(name)) {
            names.add(name);
        }
    }
}
