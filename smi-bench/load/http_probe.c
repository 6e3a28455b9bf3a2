/*
 * Asks for one path at a steady pace and tells how long the answers took.
 *
 *     http_probe --connect IPV4:PORT|unix:PATH [--path /snapshot] [--every MS] [--seconds S] [--new 1]
 *
 * One connection kept alive, or with --new 1 a new one per request. A request's time begins when it was due: one that
 * had to wait for the answer before it counts the wait, as another client would have felt it. An answer is failed
 * when it is not a 200 with Content-Length or takes more than 5 s. One JSON object on stdout.
 */
#define _GNU_SOURCE
#include "common.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

enum { TIMEOUT_SECONDS = 5 };

static struct target target;
static struct histogram times;

static int connected(void) {
    int fd = open_socket(&target, 0);
    struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    if (connect(fd, (struct sockaddr *)&target.address, target.length) == 0) return fd;
    close(fd);
    return -1;
}

/* Reads one answer to its last byte; false when it is not whole or not a 200. */
static bool answer(int fd) {
    static char buffer[1 << 18];
    size_t have = 0;
    const char *end = NULL;
    while (!end) {
        ssize_t n = read(fd, buffer + have, sizeof buffer - 1 - have);
        if (n <= 0) return false;
        have += (size_t)n;
        buffer[have] = 0;
        end = strstr(buffer, "\r\n\r\n");
    }
    const char *length = strcasestr(buffer, "\ncontent-length:");
    if (strncmp(buffer, "HTTP/1.1 200", 12) != 0 || !length || length > end) return false;
    uint64_t whole = (uint64_t)(end + 4 - buffer) + strtoull(length + 16, NULL, 10);
    while (have < whole) {
        ssize_t n = read(fd, buffer, sizeof buffer);
        if (n <= 0) return false;
        have += (size_t)n;
    }
    return true;
}

int main(int argc, char **argv) {
    target = parse_target(option(argc, argv, "--connect", ""));
    uint64_t every = (uint64_t)(number(argc, argv, "--every", 10) * 1e6);
    uint64_t seconds = (uint64_t)(number(argc, argv, "--seconds", 10) * 1e9);
    bool fresh = number(argc, argv, "--new", 0) != 0;
    char request[512];
    size_t length = (size_t)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                     option(argc, argv, "--path", "/snapshot"));
    signal(SIGPIPE, SIG_IGN);
    uint64_t start = now_ns(), failed = 0;
    int fd = -1;
    for (uint64_t due = start; due < start + seconds; due += every) {
        int64_t early = (int64_t)(due - now_ns());
        if (early > 0) nanosleep(&(struct timespec){early / (int64_t)SECOND, early % (int64_t)SECOND}, NULL);
        if (fd < 0) fd = connected();
        bool ok = fd >= 0 && write(fd, request, length) == (ssize_t)length && answer(fd);
        if (ok) record(&times, (now_ns() - due) / 1000);
        else failed++;
        if (fd >= 0 && (fresh || !ok)) {
            close(fd);
            fd = -1;
        }
    }
    printf("{\"failed\":%lu,", failed);
    print_histogram("us", &times);
    printf("}\n");
    return 0;
}
