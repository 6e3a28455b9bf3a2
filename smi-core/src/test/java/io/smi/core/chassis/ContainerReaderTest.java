package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerReaderTest {
    private static final String ID = "3f4e1c9a7b20d5e8f6a1b2c3d4e5f60718293a4b5c6d7e8f9012345678abcdef";

    @TempDir
    private Path folder;

    private FileTree tree;

    @BeforeEach
    void anOrdinaryMachine() {
        tree = new FileTree(folder)
                .file("proc/2/comm", "kthreadd\n")
                .file("proc/1/cgroup", "0::/init.scope\n")
                .file("proc/1/environ", "HOME=/\0TERM=linux\0")
                .file("proc/self/cgroup", "0::/user.slice/user-1000.slice/session-2.scope\n")
                .file("proc/self/mountinfo", "29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n");
    }

    @Test
    void anOrdinaryMachineIsNone() throws IOException {
        assertThat(container()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/docker/" + ID + ", docker",
        "/system.slice/docker-" + ID + ".scope, docker",
        "/kubepods/burstable/pod7d1/" + ID + ", kubernetes",
        "/kubepods.slice/kubepods-pod7d1.slice/cri-containerd-" + ID + ".scope, kubernetes",
        "/machine.slice/libpod-" + ID + ".scope/container, podman",
        "/system.slice/nerdctl-" + ID + ".scope, containerd",
        "/lxc.payload.web/system.slice, lxc",
        "/lxc/web, lxc",
    })
    void controlGroupsAreNamedByTheEngine(String group, String expected) throws IOException {
        tree.file("proc/self/cgroup", "5:memory:" + group + "\n1:name=systemd:" + group + "\n");
        assertThat(container()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system.slice/docker.service",
                "/system.slice/docker-registry.service",
                "/system.slice/containerd.service",
                "/machine.slice/libpod-conmon-" + ID + ".scope",
                "/process_api/3705adc606e17e22640a92684b5d6fc5",
            })
    void servicesAreNoContainers(String group) {
        assertThat(ContainerReader.ofGroup("5:memory:" + group + "\n0::" + group + "\n"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/var/lib/kubelet/pods/9e4/etc-hosts, kubernetes",
        "/var/lib/docker/containers/" + ID + "/hosts, docker",
        "/var/lib/containers/storage/overlay-containers/" + ID + "/userdata/hosts, podman",
    })
    void filesThatAnEngineMadeAreMounted(String source, String expected) {
        assertThat(ContainerReader.ofMounts(Cursor.of("""
                        612 583 0:113 / / rw,relatime master:35 - overlay overlay rw,lowerdir=/run/layers/1
                        613 612 0:116 / /proc rw,nosuid - proc proc rw
                        640 612 254:0 %s /etc/hosts rw,relatime - ext4 /dev/vda rw
                        """.formatted(source)))).isEqualTo(expected);
    }

    @Test
    void theRootOfAContainerdContainerIsOneOfItsSnapshots() {
        assertThat(ContainerReader.ofMounts(Cursor.of("612 583 0:113 / / rw,relatime - overlay overlay"
                        + " rw,lowerdir=/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs\n")))
                .isEqualTo("containerd");
    }

    @Test
    void theMountsOfAMachineThatRunsContainersAreNotItsOwnRoot() {
        assertThat(ContainerReader.ofMounts(Cursor.of("""
                        29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
                        90 29 0:55 / /var/lib/docker/overlay2/ab/merged rw - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/X
                        91 29 0:56 / /var/lib/kubelet/pods/9e4/volumes/token rw - tmpfs tmpfs rw
                        """))).isNull();
    }

    @Test
    void aPodHasTheSecretsOfItsAccount() throws IOException {
        tree.folder("root/var/run/secrets/kubernetes.io/serviceaccount").file("root/run/.containerenv", "");
        assertThat(container()).isEqualTo("kubernetes");
    }

    @Test
    void theFirstProcessIsToldByItsEngine() throws IOException {
        tree.file("proc/1/environ", "HOME=/\0container=lxc\0TERM=linux\0");
        assertThat(container()).isEqualTo("lxc");
        tree.file("root/run/systemd/container", "systemd-nspawn\n");
        assertThat(container()).isEqualTo("systemd-nspawn");
        tree.file("root/run/host/container-manager", "podman\n");
        assertThat(container()).isEqualTo("podman");
    }

    @Test
    void anEnvironmentMayBeCutOrAnother() {
        assertThat(ContainerReader.variable("mycontainer=x\0container=", "container="))
                .isNull();
        assertThat(ContainerReader.variable("a=b\0container=rkt", "container=")).isEqualTo("rkt");
        assertThat(ContainerReader.variable(null, "container=")).isNull();
    }

    @Test
    void markersCountWhereTheKernelsThreadsAreOutOfSight() throws IOException {
        tree.file("root/.dockerenv", "");
        tree.delete("proc/2/comm");
        assertThat(container()).isEqualTo("docker");
        tree.file("root/run/.containerenv", "engine=\"podman-4.3.1\"\nname=\"web\"\n");
        assertThat(container()).isEqualTo("podman");
    }

    @Test
    void markersCountWhereTheFirstProcessIsInAGroupAboveOurs() throws IOException {
        tree.file("root/.dockerenv", "").file("proc/1/cgroup", "0::/../../init.scope\n");
        assertThat(container()).isEqualTo("docker");
    }

    @Test
    void aVirtualMachineMadeFromAnImageIsNoContainer() throws IOException {
        tree.file("root/.dockerenv", "").file("proc/1/cgroup", "4:memory:/\n0::/\n");
        assertThat(container()).isNull();
    }

    @Test
    void theEngineOfAMarkerIsPodmanUnlessItSaysOtherwise() {
        assertThat(ContainerReader.engine(null)).isEqualTo("podman");
        assertThat(ContainerReader.engine("name=\"x\"\n")).isEqualTo("podman");
        assertThat(ContainerReader.engine("engine=\"buildah-1.33.7\"\n")).isEqualTo("buildah");
    }

    private @Nullable String container() throws IOException {
        Problems problems = new Problems();
        String word = new ContainerReader(tree.roots()).read(problems);
        assertThat(problems.list()).isEmpty();
        return word;
    }
}
