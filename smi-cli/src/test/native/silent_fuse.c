/*
 * A FUSE file system whose server says hello and then never answers: what a dead sshfs or NFS is to who asks for its size.
 *
 *     silent_fuse MOUNTPOINT [deaf]
 *
 * It takes every question; a deaf one leaves them where they are. It ends, and lets everyone go, when its input ends.
 */
#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

int main(int count, char **arguments) {
    static char buffer[1 << 17];
    char options[100];
    int deaf = count > 2 && strcmp(arguments[2], "deaf") == 0;
    int device = open("/dev/fuse", O_RDWR);
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", device);
    if (device < 0 || count < 2 || mount("silent", arguments[1], "fuse.silent", MS_NOSUID | MS_NODEV, options) != 0) {
        perror("silent_fuse");
        return 1;
    }
    struct fuse_in_header question;
    if (read(device, buffer, sizeof buffer) < (ssize_t)sizeof question) return 1;
    memcpy(&question, buffer, sizeof question);
    struct {
        struct fuse_out_header head;
        struct fuse_init_out init;
    } answer = {.head = {.len = sizeof answer, .unique = question.unique},
                .init = {.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 4096}};
    if (write(device, &answer, sizeof answer) != sizeof answer) return 1;
    puts("mounted");
    fflush(stdout);
    struct pollfd wait[] = {{.fd = 0, .events = POLLIN}, {.fd = device, .events = POLLIN}};
    while (poll(wait, deaf ? 1 : 2, -1) > 0 && wait[0].revents == 0) {
        if (read(device, buffer, sizeof buffer) <= 0) break;
    }
    umount2(arguments[1], MNT_DETACH);
    return 0;
}
