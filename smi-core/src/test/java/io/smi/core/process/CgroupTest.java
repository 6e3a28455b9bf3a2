package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupTest {
    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @Test
    void v2HasOnePath() throws KernelFormatException {
        assertThat(Cgroup.parse(Cursor.of("0::/system.slice/ssh.service\n")))
                .isEqualTo(new Cgroup("/system.slice/ssh.service", null));
    }

    @Test
    void underV1SystemdsOwnPathComesFirst() throws KernelFormatException {
        assertThat(Cgroup.parse(Cursor.of("""
                        12:memory:/user.slice
                        11:cpu,cpuacct:/user.slice
                        1:name=systemd:/user.slice/user-1000.slice/session-3.scope
                        """)))
                .isEqualTo(new Cgroup("/user.slice/user-1000.slice/session-3.scope", null));
    }

    @Test
    void aRootSaysLessThanAnotherHierarchysPath() throws KernelFormatException {
        assertThat(Cgroup.parse(Cursor.of("""
                        9:name=systemd:/
                        4:memory:/jobs/17
                        1:cpu:/other
                        0::/
                        """))).isEqualTo(new Cgroup("/jobs/17", null));
    }

    @Test
    void theRootIsAPathToo() throws KernelFormatException {
        assertThat(Cgroup.parse(Cursor.of("0::/\n"))).isEqualTo(new Cgroup("/", null));
    }

    @Test
    void aPathMayHoldColons() throws KernelFormatException {
        assertThat(Cgroup.parse(Cursor.of("0::/a:b/c\n"))).isEqualTo(new Cgroup("/a:b/c", null));
    }

    @Test
    void aKernelWithoutControlGroupsSaysNothing() throws KernelFormatException {
        assertThat(Cgroup.parse(Cursor.of(""))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\n", "0::/system.slice/ssh.serv", "0:/a\n"})
    void whatIsNoWholeLineIsRefused(String text) {
        assertThatThrownBy(() -> Cgroup.parse(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docker/ID",
                "/system.slice/docker-ID.scope",
                "/system.slice/docker-ID.scope/init.scope",
                "/kubepods/burstable/pod3b4f/ID",
                "/kubepods.slice/kubepods-pod3b4f.slice/cri-containerd-ID.scope",
                "/kubepods.slice/kubepods-pod3b4f.slice/crio-ID.scope",
                "/system.slice/containerd.service/kubepods-pod3b4f.slice:cri-containerd:ID",
                "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container",
                "/docker/fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210/docker/ID"
            })
    void anEnginesIdIsFoundInItsPath(String path) throws KernelFormatException {
        assertThat(container(path.replace("ID", ID))).isEqualTo(ID);
    }

    @ParameterizedTest
    @CsvSource({
        "/lxc/web, web",
        "/lxc.payload.web/system.slice/cron.service, web",
        "/lxc.payload/web, web",
        "/machine.slice/systemd-nspawn@web.service/payload/init.scope, web",
        "/machine.slice/machine-my\\x2dweb.scope, my-web"
    })
    void aContainerWithoutAnIdHasItsName(String path, String name) throws KernelFormatException {
        assertThat(container(path)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system.slice/ssh.service",
                "/system.slice/docker.service",
                "/machine.slice/libpod-conmon-ID.scope",
                "/lxc.monitor.web",
                "/machine.slice/machine-qemu\\x2d1\\x2dwin.scope",
                "/app/1ID",
                "/system.slice/fooID.scope"
            })
    void whatRunsBesideContainersIsInNone(String path) throws KernelFormatException {
        assertThat(container(path.replace("ID", ID))).isNull();
    }

    private static @Nullable String container(String path) throws KernelFormatException {
        Cgroup cgroup = Cgroup.parse(Cursor.of("0::" + path + "\n"));
        assertThat(cgroup).isNotNull();
        return cgroup.containerId();
    }
}
