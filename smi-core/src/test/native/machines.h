/*
 * The machines, a table of values each. What a GPU does not say it does not support; a text that is missing likewise. The
 * numbers are those of such GPUs as their data sheets have them, or plainly invented (1, 2, 3), each another where a mix-up
 * would not be seen otherwise.
 */
typedef struct {
    int is;
    unsigned long long value;
} Value;

#define IS(number) {1, number}
#define MIB 1048576ULL
#define GIB (1024 * MIB)
#define NO_INSTANCE 0xffffffffU
#define NOT_AVAILABLE 0xffffffffffffffffULL

enum { PROCESSES = 4, MIGS = 7 };

/** A list that a process is in. */
enum { NONE, COMPUTE, GRAPHICS, MPS };

typedef struct {
    int list;
    unsigned long long memory;
    unsigned gpu_instance, compute_instance;
    Value sm; /* percent */
} Process;

typedef struct Gpu {
    const char *name, *uuid, *serial, *vbios, *gsp;
    unsigned bus, pci_device;
    Value index, minor, lost_after; /* calls that are answered before it falls off the bus */
    int hangs;                      /* in nvmlDeviceGetUtilizationRates */
    Value utilization, memory_utilization, encoder, decoder, jpeg, ofa;
    Value total, reserved, used; /* bytes; used without what is reserved */
    Value celsius, shutdown_celsius, slowdown_celsius, memory_celsius;
    Value power_mw, limit_mw, limit_min_mw, limit_max_mw, enforced_mw, energy_mj;
    Value graphics_mhz, sm_mhz, memory_mhz, video_mhz, graphics_max_mhz, sm_max_mhz, memory_max_mhz, video_max_mhz;
    Value fans, fan_percent, fan_rpm, pstate, reasons;
    Value pcie_generation, pcie_width, pcie_generation_max, pcie_width_max, pcie_tx_kb, pcie_rx_kb, pcie_replays;
    Value pcie_tx_bytes, pcie_rx_bytes;
    Value ecc, corrected, uncorrected, corrected_ever, uncorrected_ever;
    Value remapped_corrected, remapped_uncorrected, remap_pending, remap_failed, retired_single, retired_double;
    Value links, link_tx_kib, link_rx_kib, link_errors; /* the same of each link; the last is inactive */
    Value mig_mode, mig_most;
    const struct Gpu *migs[MIGS], *parent; /* by index, with holes */
    Value gpu_instance, compute_instance, slices, busy; /* the last in eighths of a percent */
    Value virtualization, host_vgpu, persistence, compute_mode, numa_node;
    Value xid;
    Process processes[PROCESSES];
} Gpu;

typedef struct {
    const char *name, *driver;
    int cuda, count;
    const Gpu *gpus;
} Machine;

/* Eight H100 SXM5: each busier than the one before. GPU 2 and 3 are split. */
static const Gpu h100x8[8];

#define INSTANCE(of, id, profile, gi, slice, bytes, taken, eighths) \
    {.name = "NVIDIA H100 80GB HBM3 MIG " profile, .uuid = "MIG-00000000-0000-0000-0000-00000000000" id, \
     .parent = &h100x8[of], .gpu_instance = IS(gi), .compute_instance = IS(0), .slices = IS(slice), \
     .total = IS(bytes), .reserved = IS(0), .used = IS(taken), .busy = IS(eighths)}

static const Gpu h100_instances[] = {
    INSTANCE(2, "1", "4g.40gb", 1, 4, 40 * GIB, 9 * GIB, 777),
    INSTANCE(2, "2", "3g.40gb", 2, 3, 40 * GIB, 37 * MIB, 13),
    INSTANCE(3, "3", "3g.40gb", 2, 3, 40 * GIB, 11 * GIB, 300),
    INSTANCE(3, "4", "2g.20gb", 3, 2, 20 * GIB, 0, 0),
    INSTANCE(3, "5", "1g.10gb", 9, 1, 10 * GIB, 5 * GIB, 504),
};

#define H100(i) \
    .name = "NVIDIA H100 80GB HBM3", .uuid = "GPU-10000000-0000-0000-0000-00000000000" #i, .serial = "165000000000" #i, \
    .vbios = "96.00.74.00.01", .gsp = "550.54.15", .bus = 0x10 + 0x10 * i, .pci_device = 0x233010de, \
    .index = IS(i), .minor = IS(i), \
    .total = IS(80 * GIB), .reserved = IS(551 * MIB), .used = IS((i + 1) * GIB), \
    .celsius = IS(40 + i), .shutdown_celsius = IS(92), .slowdown_celsius = IS(89), .memory_celsius = IS(50 + i), \
    .power_mw = IS(400123 + 1000 * i), .limit_mw = IS(700000), .limit_min_mw = IS(200000), .limit_max_mw = IS(700000), \
    .enforced_mw = IS(650000), .energy_mj = IS(123456789000ULL + i), \
    .graphics_mhz = IS(1900 + i), .sm_mhz = IS(1900 + i), .memory_mhz = IS(2619), .video_mhz = IS(1500), \
    .graphics_max_mhz = IS(1980), .sm_max_mhz = IS(1980), .memory_max_mhz = IS(2619), .video_max_mhz = IS(1545), \
    .fans = IS(0), .pstate = IS(0), \
    .pcie_generation = IS(5), .pcie_width = IS(16), .pcie_generation_max = IS(5), .pcie_width_max = IS(16), \
    .pcie_tx_kb = IS(1000 + i), .pcie_rx_kb = IS(2000 + i), .pcie_replays = IS(3 + i), \
    .pcie_tx_bytes = IS(10000000000ULL + i), .pcie_rx_bytes = IS(20000000000ULL + i), \
    .ecc = IS(1), .corrected = IS(i), .uncorrected = IS(0), .corrected_ever = IS(100 + i), .uncorrected_ever = IS(10 + i), \
    .remapped_corrected = IS(i), .remapped_uncorrected = IS(1), .remap_pending = IS(i == 6), .remap_failed = IS(0), \
    .links = IS(18), .link_tx_kib = IS(1000), .link_rx_kib = IS(2000), .link_errors = IS(i), \
    .virtualization = IS(0), .persistence = IS(1), .compute_mode = IS(0), .numa_node = IS(i / 4), .mig_most = IS(7)

#define WHOLE(i) \
    .utilization = IS(90 + i), .memory_utilization = IS(30 + i), .encoder = IS(i), .decoder = IS(10 + i), \
    .jpeg = IS(20 + i), .ofa = IS(0), .mig_mode = IS(0)

static const Gpu h100x8[8] = {
    {H100(0), WHOLE(0), .reasons = IS(0x4),
     .processes = {{COMPUTE, 800 * MIB, NO_INSTANCE, NO_INSTANCE, IS(85)}, {GRAPHICS, 800 * MIB, NO_INSTANCE, NO_INSTANCE}}},
    {H100(1), WHOLE(1), .reasons = IS(0x1), .processes = {{MPS, 256 * MIB, NO_INSTANCE, NO_INSTANCE, IS(12)}}},
    {H100(2), .mig_mode = IS(1), .reasons = IS(0), .migs = {&h100_instances[0], &h100_instances[1]},
     .processes = {{COMPUTE, 9 * GIB, 1, 0}, {COMPUTE, 7 * MIB, 2, 0}}},
    {H100(3), .mig_mode = IS(1), .reasons = IS(0),
     .migs = {&h100_instances[2], NULL, &h100_instances[3], NULL, NULL, NULL, &h100_instances[4]}},
    {H100(4), WHOLE(4), .reasons = IS(0x48)},
    {H100(5), WHOLE(5), .reasons = IS(0x20), .xid = IS(79)},
    {H100(6), WHOLE(6), .reasons = IS(0x80)},
    {H100(7), WHOLE(7), .reasons = IS(0x1), .processes = {{COMPUTE, NOT_AVAILABLE, NO_INSTANCE, NO_INSTANCE}}},
};

/* What a laptop's GPU tells: no ECC, no links, no limits, no engines but those of video, neither fans. */
static const Gpu laptop[] = {{
    .name = "NVIDIA GeForce RTX 4060 Laptop GPU", .uuid = "GPU-20000000-0000-0000-0000-000000000000",
    .vbios = "95.07.31.00.3c", .gsp = "550.54.15", .bus = 1, .pci_device = 0x28a010de, .index = IS(0), .minor = IS(0),
    .utilization = IS(7), .memory_utilization = IS(2), .encoder = IS(0), .decoder = IS(3),
    .total = IS(8188 * MIB), .reserved = IS(228 * MIB), .used = IS(512 * MIB),
    .celsius = IS(47), .shutdown_celsius = IS(102), .slowdown_celsius = IS(97), .power_mw = IS(11030),
    .graphics_mhz = IS(1545), .sm_mhz = IS(1545), .memory_mhz = IS(8000), .video_mhz = IS(1425),
    .graphics_max_mhz = IS(3105), .sm_max_mhz = IS(3105), .memory_max_mhz = IS(8001), .video_max_mhz = IS(2415),
    .pstate = IS(4), .reasons = IS(0x24), .pcie_generation = IS(2), .pcie_width = IS(8),
    .pcie_generation_max = IS(4), .pcie_width_max = IS(8), .pcie_tx_kb = IS(350), .pcie_rx_kb = IS(50),
    .pcie_replays = IS(0), .virtualization = IS(0), .persistence = IS(0), .compute_mode = IS(0),
    .processes = {{GRAPHICS, 300 * MIB, NO_INSTANCE, NO_INSTANCE, IS(6)}},
}};

/* Its memory is the host's, and it has no fan, limit or link of its own to tell of. */
static const Gpu gb10[] = {{
    .name = "NVIDIA GB10", .uuid = "GPU-30000000-0000-0000-0000-000000000000", .vbios = "9A.0B.14.00.02",
    .gsp = "580.95.05", .bus = 1, .pci_device = 0x2e1210de, .index = IS(0), .minor = IS(0),
    .utilization = IS(55), .memory_utilization = IS(0), .encoder = IS(0), .decoder = IS(0), .jpeg = IS(0), .ofa = IS(0),
    .celsius = IS(58), .shutdown_celsius = IS(105), .slowdown_celsius = IS(100), .power_mw = IS(35210),
    .graphics_mhz = IS(2405), .sm_mhz = IS(2405), .video_mhz = IS(2000),
    .graphics_max_mhz = IS(3003), .sm_max_mhz = IS(3003), .video_max_mhz = IS(3003), .pstate = IS(0), .reasons = IS(0),
    .pcie_generation = IS(1), .pcie_width = IS(1), .pcie_generation_max = IS(1), .pcie_width_max = IS(1),
    .virtualization = IS(0), .persistence = IS(1), .compute_mode = IS(0),
    .processes = {{COMPUTE, 6 * GIB, NO_INSTANCE, NO_INSTANCE, IS(54)}},
}};

/* The second is gone from the start, the third falls off the bus while it is read. */
static const Gpu lost[] = {
    {H100(0), WHOLE(0), .reasons = IS(0)},
    {H100(1), WHOLE(1), .reasons = IS(0), .lost_after = IS(0)},
    {H100(2), WHOLE(2), .reasons = IS(0), .lost_after = IS(40)},
};

static const Gpu hang[] = {
    {H100(0), WHOLE(0), .reasons = IS(0), .hangs = 1},
    {H100(1), WHOLE(1), .reasons = IS(0), .processes = {{COMPUTE, 5 * GIB, NO_INSTANCE, NO_INSTANCE}}},
};

/* Of 2018: a Tesla V100 with the driver of that time. */
static const Gpu old[] = {{
    .name = "Tesla V100-PCIE-16GB", .uuid = "GPU-40000000-0000-0000-0000-000000000000", .serial = "0320000000000",
    .vbios = "88.00.13.00.02", .bus = 4, .pci_device = 0x1db410de, .index = IS(0), .minor = IS(0),
    .utilization = IS(33), .memory_utilization = IS(11), .encoder = IS(0), .decoder = IS(0),
    .total = IS(16160 * MIB), .reserved = IS(0), .used = IS(420 * MIB),
    .celsius = IS(36), .shutdown_celsius = IS(90), .slowdown_celsius = IS(87),
    .power_mw = IS(37500), .limit_mw = IS(250000), .limit_min_mw = IS(100000), .limit_max_mw = IS(250000),
    .enforced_mw = IS(250000), .energy_mj = IS(987654321), .graphics_mhz = IS(1230), .sm_mhz = IS(1230),
    .memory_mhz = IS(877), .video_mhz = IS(1110), .graphics_max_mhz = IS(1380), .sm_max_mhz = IS(1380),
    .memory_max_mhz = IS(877), .video_max_mhz = IS(1237), .pstate = IS(0), .reasons = IS(0x2),
    .pcie_generation = IS(3), .pcie_width = IS(16), .pcie_generation_max = IS(3), .pcie_width_max = IS(16),
    .pcie_tx_kb = IS(10), .pcie_rx_kb = IS(20), .pcie_replays = IS(1), .ecc = IS(1), .corrected = IS(2),
    .uncorrected = IS(0), .corrected_ever = IS(5), .uncorrected_ever = IS(1), .retired_single = IS(2),
    .retired_double = IS(1), .virtualization = IS(0), .persistence = IS(1), .compute_mode = IS(3),
    .processes = {{COMPUTE, 400 * MIB, NO_INSTANCE, NO_INSTANCE, IS(31)}},
}};

#define COUNT(gpus) sizeof gpus / sizeof *gpus, gpus

static const Machine machines[] = {
    {"h100x8", "550.54.15", 12040, COUNT(h100x8)}, {"laptop", "550.54.15", 12040, COUNT(laptop)},
    {"gb10", "580.95.05", 13000, COUNT(gb10)},     {"lost", "550.54.15", 12040, COUNT(lost)},
    {"hang", "550.54.15", 12040, COUNT(hang)},     {"old", "410.48", 10000, COUNT(old)},
};
