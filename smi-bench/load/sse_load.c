/*
 * Many Server-Sent Events clients in one thread, and what they received.
 *
 *     sse_load --connect IPV4:PORT|unix:PATH --clients N [--path /events] [--rate 2000] [--interval MS]
 *              [--settle S] [--seconds S] [--slow N --slow-seconds S [--rcvbuf BYTES]]
 *
 * Every client must be answered 200, or the run ends with 1. A frame is an event of kind snapshot; its number is the
 * first "seq" in its data, so that servers with ids of their own are measured alike.
 * --interval is the time between frames: the window of measurement opens and closes half of it after a frame, between
 * two waves. --slow clients, spread evenly, stop reading when the window opens and read on --slow-seconds later.
 *
 * stdout has one JSON object per phase, printed when it begins: connected, window, resumed (the slow ones), done with
 * the figures. The clients stay connected after that until stdin ends. Times are CLOCK_MONOTONIC; an arrival is when
 * read() returned the event's last byte.
 */
#define _GNU_SOURCE
#include "common.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { LINE = 160, IN_FLIGHT = 256, CONNECT_SECONDS = 120 };
enum state { CONNECTING, STATUS, HEAD, BODY, CLOSED };
enum kind { OTHER, FRAME, LAG };

struct client {
    int fd;
    enum state state;
    bool chunked, slow;
    uint64_t chunk_left, chunk_size;
    char line[LINE]; /* the beginning of the line that is being read */
    unsigned line_length;
    /* The event that is being read. */
    enum kind kind;
    uint64_t seq, dropped;
    /* What was received. */
    uint64_t last, told_dropped;
    unsigned lags;
};

/* A frame, by its first copy to arrive. */
struct tick {
    uint64_t first_ns;
    unsigned arrivals;
};

static struct {
    struct target target;
    const char *path;
    unsigned clients, slow, rcvbuf;
    double rate;
    uint64_t interval, settle, window, slow_for;
} options;

static struct client *clients;
static unsigned opened, answered, unanswered, closed, closed_slow;
static int epoll;

static struct tick *ticks;
static uint64_t base, tick_count, tick_room, newest_first_ns;

static uint64_t window_start; /* 0 until it opens */
static struct histogram spread;
static uint64_t deliveries, bytes, missed, unordered, lag_events, wrong_lags, other_events;

/* The n-th frame since the first that any client saw; NULL for an older one. */
static struct tick *tick(uint64_t seq) {
    if (base == 0) base = seq;
    if (seq < base) return NULL;
    uint64_t index = seq - base;
    if (index >= tick_room) {
        uint64_t room = (index + 1) * 2 + 1024;
        ticks = realloc(ticks, room * sizeof *ticks);
        if (!ticks) fail("out of memory");
        memset(ticks + tick_room, 0, (room - tick_room) * sizeof *ticks);
        tick_room = room;
    }
    if (index >= tick_count) tick_count = index + 1;
    return ticks + index;
}

/* Ids that were left out must be the ones that `lag` told of. */
static void check_order(struct client *client) {
    if (client->last != 0) {
        uint64_t gap = client->seq > client->last ? client->seq - client->last - 1 : 0;
        if (client->seq <= client->last) unordered++;
        missed += gap;
        if (gap != client->told_dropped) wrong_lags++;
    }
    client->told_dropped = 0;
    client->last = client->seq;
}

static void frame(struct client *client, uint64_t now) {
    check_order(client);
    struct tick *t = tick(client->seq);
    if (!t) return;
    if (t->first_ns == 0) {
        t->first_ns = now;
        newest_first_ns = now;
    }
    t->arrivals++;
    if (window_start == 0) return;
    deliveries++;
    if (t->first_ns >= window_start && !client->slow) record(&spread, (now - t->first_ns) / 1000);
}

static void event(struct client *client, uint64_t now) {
    if (client->kind == FRAME && client->seq != 0) {
        frame(client, now);
    } else if (client->kind == LAG) {
        client->lags++;
        client->told_dropped += client->dropped;
        lag_events++;
    } else {
        other_events++;
    }
    client->kind = OTHER;
    client->seq = client->dropped = 0;
}

/* The number behind a key in the beginning of the line; 0 without one. */
static uint64_t value_of(const char *line, const char *key) {
    const char *found = strstr(line, key);
    return found ? strtoull(found + strlen(key), NULL, 10) : 0;
}

static void body_line(struct client *client, uint64_t now) {
    const char *line = client->line;
    if (client->line_length == 0) {
        event(client, now);
    } else if (strncmp(line, "event:", 6) == 0) {
        const char *name = line + 6 + (line[6] == ' ');
        client->kind = strcmp(name, "snapshot") == 0 ? FRAME : strcmp(name, "lag") == 0 ? LAG : OTHER;
    } else if (strncmp(line, "data:", 5) == 0 && client->seq == 0) {
        client->seq = value_of(line, "\"seq\":");
        client->dropped = value_of(line, "\"dropped\":");
    }
}

static void head_line(struct client *client) {
    if (client->state == STATUS) {
        if (strncmp(client->line, "HTTP/1.1 200", 12) != 0) {
            fprintf(stderr, "client %u of %u was answered: %s\n", answered + 1, options.clients, client->line);
            exit(1);
        }
        client->state = HEAD;
    } else if (strcasecmp(client->line, "transfer-encoding: chunked") == 0) {
        client->chunked = true;
    } else if (client->line_length == 0) {
        client->state = BODY;
        answered++;
        unanswered--;
    }
}

/* Keeps the beginning of a line whose bytes come in parts. */
static void keep(struct client *client, const char *p, size_t n) {
    size_t room = LINE - 1 - client->line_length;
    if (n > room) n = room;
    memcpy(client->line + client->line_length, p, n);
    client->line_length += (unsigned)n;
}

/* Takes bytes up to the end of a line and says how many; handles the line when it is whole. */
static size_t take_line(struct client *client, const char *p, size_t n, uint64_t now) {
    const char *end = memchr(p, '\n', n);
    size_t part = end ? (size_t)(end - p) : n;
    keep(client, p, part);
    if (!end) return n;
    if (client->line_length > 0 && client->line[client->line_length - 1] == '\r') client->line_length--;
    client->line[client->line_length] = 0;
    if (client->state == BODY) body_line(client, now);
    else head_line(client);
    client->line_length = 0;
    return part + 1;
}

/* One byte between two chunks: the end of the first, or of the size of the second. */
static void take_chunk_size(struct client *client, char byte) {
    if (isxdigit((unsigned char)byte)) {
        unsigned digit = isdigit((unsigned char)byte) ? (unsigned)(byte - '0') : (unsigned)(tolower(byte) - 'a' + 10);
        client->chunk_size = client->chunk_size * 16 + digit;
    } else if (byte == '\n') {
        client->chunk_left = client->chunk_size;
        client->chunk_size = 0;
    }
}

static void received(struct client *client, const char *p, size_t n, uint64_t now) {
    while (n > 0) {
        size_t taken;
        if (client->state != BODY || !client->chunked) {
            taken = take_line(client, p, n, now);
        } else if (client->chunk_left == 0) {
            take_chunk_size(client, *p);
            taken = 1;
        } else {
            taken = take_line(client, p, n < client->chunk_left ? n : client->chunk_left, now);
            client->chunk_left -= taken;
        }
        p += taken;
        n -= taken;
    }
}

static void ended(struct client *client) {
    if (client->state != BODY) fail("the server closed a connection before it answered");
    client->state = CLOSED;
    close(client->fd);
    closed++;
    if (client->slow) closed_slow++;
}

static void readable(struct client *client) {
    static char buffer[65536];
    for (;;) {
        ssize_t n = read(client->fd, buffer, sizeof buffer);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (n <= 0) {
            ended(client);
            return;
        }
        if (window_start != 0) bytes += (uint64_t)n;
        received(client, buffer, (size_t)n, now_ns());
        if ((size_t)n < sizeof buffer) return;
    }
}

static void watch(struct client *client, int operation, uint32_t events) {
    struct epoll_event e = {.events = events, .data.ptr = client};
    if (epoll_ctl(epoll, operation, client->fd, &e) != 0) fail("epoll_ctl");
}

static void request(struct client *client) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
        fprintf(stderr, "client %u cannot connect: %s\n", opened, strerror(error));
        exit(1);
    }
    char text[512];
    int n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n",
                     options.path);
    if (write(client->fd, text, (size_t)n) != n) fail("a request could not be sent");
    client->state = STATUS;
    watch(client, EPOLL_CTL_MOD, EPOLLIN);
}

/* False when the listener's backlog is full, which only a Unix socket says at once. */
static bool open_client(struct client *client) {
    int fd = open_socket(&options.target, SOCK_NONBLOCK);
    if (client->slow && options.rcvbuf) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &options.rcvbuf, sizeof options.rcvbuf);
    if (connect(fd, (struct sockaddr *)&options.target.address, options.target.length) != 0 && errno != EINPROGRESS) {
        if (errno != EAGAIN) {
            perror("connect");
            exit(1);
        }
        close(fd);
        return false;
    }
    client->fd = fd;
    opened++;
    unanswered++;
    watch(client, EPOLL_CTL_ADD, EPOLLOUT);
    return true;
}

/* Opens clients at the steady rate, but leaves no more than IN_FLIGHT unanswered. */
static void open_clients(uint64_t started) {
    uint64_t due = (uint64_t)((double)(now_ns() - started) / 1e9 * options.rate) + 1;
    while (opened < options.clients && opened < due && unanswered < IN_FLIGHT)
        if (!open_client(clients + opened)) return;
}

static void serve(int timeout_ms) {
    static struct epoll_event events[512];
    int n = epoll_wait(epoll, events, 512, timeout_ms);
    for (int i = 0; i < n; i++) {
        struct client *client = events[i].data.ptr;
        if (client->state == CONNECTING) request(client);
        else readable(client);
    }
}

static void serve_until(uint64_t end) {
    for (;;) {
        uint64_t now = now_ns();
        if (now >= end) return;
        serve((int)((end - now + MS - 1) / MS));
    }
}

/* Serves until half an interval after the newest frame's first copy. */
static void serve_until_between_frames(void) {
    uint64_t limit = now_ns() + 3 * options.interval;
    uint64_t seen = newest_first_ns;
    while (newest_first_ns == seen && now_ns() < limit) serve(1);
    serve_until(newest_first_ns + options.interval / 2);
}

static void pause_slow(bool paused) {
    for (unsigned i = 0; i < options.clients; i++)
        if (clients[i].slow && clients[i].state == BODY)
            watch(clients + i, paused ? EPOLL_CTL_DEL : EPOLL_CTL_ADD, EPOLLIN);
}

static void phase(const char *name) {
    printf("{\"phase\":\"%s\",\"ns\":%lu}\n", name, now_ns());
    fflush(stdout);
}

static void print_slow(void) {
    unsigned once = 0;
    for (unsigned i = 0; i < options.clients; i++)
        if (clients[i].slow && clients[i].lags == 1) once++;
    printf("\"slow\":{\"clients\":%u,\"lagged_once\":%u,\"closed\":%u},", options.slow, once, closed_slow);
}

static void print_figures(uint64_t end) {
    printf("{\"phase\":\"done\",\"ns\":%lu,\"clients\":%u,\"window_s\":%.3f,\"deliveries\":%lu,\"bytes\":%lu,", end,
           options.clients, (double)(end - window_start) / 1e9, deliveries, bytes);
    printf("\"closed\":%u,\"missed\":%lu,\"unordered\":%lu,\"lag_events\":%lu,\"wrong_lags\":%lu,\"other_events\":%lu,",
           closed, missed, unordered, lag_events, wrong_lags, other_events);
    print_slow();
    print_histogram("spread_us", &spread);
    printf(",\"ticks\":[");
    const char *comma = "";
    for (uint64_t i = 0; i < tick_count; i++) {
        if (ticks[i].first_ns < window_start) continue;
        printf("%s[%lu,%lu,%u]", comma, base + i, ticks[i].first_ns, ticks[i].arrivals);
        comma = ",";
    }
    printf("]}\n");
    fflush(stdout);
}

static void connect_all(void) {
    uint64_t started = now_ns();
    while (answered < options.clients) {
        open_clients(started);
        serve(1);
        if (now_ns() - started > CONNECT_SECONDS * SECOND) fail("not all clients were answered within two minutes");
    }
    phase("connected");
}

static void measure(void) {
    serve_until(now_ns() + options.settle);
    if (options.interval) serve_until_between_frames();
    window_start = now_ns();
    phase("window");
    if (options.slow) {
        pause_slow(true);
        serve_until(window_start + options.slow_for);
        pause_slow(false);
        phase("resumed");
    }
    serve_until(window_start + options.window);
    print_figures(now_ns());
}

static void hold(void) {
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    char byte;
    for (;;) {
        ssize_t n = read(STDIN_FILENO, &byte, 1);
        if (n == 0 || (n < 0 && errno != EAGAIN)) return;
        serve(20);
    }
}

int main(int argc, char **argv) {
    options.target = parse_target(option(argc, argv, "--connect", ""));
    options.path = option(argc, argv, "--path", "/events");
    options.clients = (unsigned)number(argc, argv, "--clients", 1);
    options.rate = number(argc, argv, "--rate", 2000);
    options.interval = (uint64_t)(number(argc, argv, "--interval", 0) * 1e6);
    options.settle = (uint64_t)(number(argc, argv, "--settle", 2) * 1e9);
    options.window = (uint64_t)(number(argc, argv, "--seconds", 10) * 1e9);
    options.slow = (unsigned)number(argc, argv, "--slow", 0);
    options.slow_for = (uint64_t)(number(argc, argv, "--slow-seconds", 0) * 1e9);
    options.rcvbuf = (unsigned)number(argc, argv, "--rcvbuf", 0);
    if (options.clients == 0 || options.slow > options.clients) fail("--clients must be positive, --slow not more");

    clients = calloc(options.clients, sizeof *clients);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!clients || epoll < 0) fail("out of memory");
    for (unsigned i = 0; i < options.slow; i++) clients[(uint64_t)i * options.clients / options.slow].slow = true;
    connect_all();
    measure();
    hold();
    return 0;
}
