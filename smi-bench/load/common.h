/* What both load generators need: time, a target to connect to, a histogram, options. */
#ifndef COMMON_H
#define COMMON_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

static inline uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

_Noreturn static inline void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* A server's address: IPV4:PORT or unix:PATH. */
struct target {
    struct sockaddr_storage address;
    socklen_t length;
};

static inline struct target parse_target(const char *text) {
    struct target target = {0};
    if (strncmp(text, "unix:", 5) == 0) {
        struct sockaddr_un *unix_address = (struct sockaddr_un *)&target.address;
        unix_address->sun_family = AF_UNIX;
        if (strlen(text + 5) >= sizeof unix_address->sun_path) fail("the socket's path is too long");
        strcpy(unix_address->sun_path, text + 5);
        target.length = sizeof *unix_address;
        return target;
    }
    char host[64];
    unsigned port;
    struct sockaddr_in *internet = (struct sockaddr_in *)&target.address;
    if (sscanf(text, "%63[^:]:%u", host, &port) != 2 || inet_pton(AF_INET, host, &internet->sin_addr) != 1)
        fail("--connect takes IPV4:PORT or unix:PATH");
    internet->sin_family = AF_INET;
    internet->sin_port = htons((uint16_t)port);
    target.length = sizeof *internet;
    return target;
}

/* A socket for the target, not yet connected. */
static inline int open_socket(const struct target *target, int flags) {
    int fd = socket(target->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    if (fd < 0) {
        perror("socket");
        exit(1);
    }
    if (target->address.ss_family == AF_INET) {
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        /* Closed by a reset, so that thousands of ports do not wait a minute for their end. */
        struct linger linger = {.l_onoff = 1, .l_linger = 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    return fd;
}

/* Counts of microseconds in buckets at most 1/64 wide: the size does not grow with the run. */
enum { SUB_BUCKETS = 64, BUCKETS = SUB_BUCKETS * 59 };

struct histogram {
    uint64_t counts[BUCKETS];
    uint64_t total, max;
};

static inline void record(struct histogram *histogram, uint64_t us) {
    unsigned shift = us < 2 * SUB_BUCKETS ? 0 : (unsigned)(57 - __builtin_clzll(us));
    histogram->counts[shift * SUB_BUCKETS + (us >> shift)]++;
    histogram->total++;
    if (us > histogram->max) histogram->max = us;
}

/* The least recorded value that the given share does not exceed; 0 when nothing was recorded. */
static inline uint64_t quantile(const struct histogram *histogram, double share) {
    uint64_t rank = (uint64_t)(share * (double)histogram->total), seen = 0;
    for (unsigned i = 0; i < BUCKETS; i++) {
        seen += histogram->counts[i];
        if (seen > rank) {
            unsigned shift = i < 2 * SUB_BUCKETS ? 0 : i / SUB_BUCKETS - 1;
            return (uint64_t)(i - shift * SUB_BUCKETS) << shift;
        }
    }
    return histogram->max;
}

static inline void print_histogram(const char *name, const struct histogram *histogram) {
    printf("\"%s\":{\"count\":%lu,\"p50\":%lu,\"p95\":%lu,\"p99\":%lu,\"max\":%lu}", name, histogram->total,
           quantile(histogram, 0.50), quantile(histogram, 0.95), quantile(histogram, 0.99), histogram->max);
}

/* The value of option --NAME, or what it is without one. */
static inline const char *option(int argc, char **argv, const char *name, const char *otherwise) {
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0) return argv[i + 1];
    return otherwise;
}

static inline double number(int argc, char **argv, const char *name, double otherwise) {
    const char *text = option(argc, argv, name, NULL);
    return text ? atof(text) : otherwise;
}

#endif
