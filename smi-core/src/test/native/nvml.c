/*
 * A library that is called as NVIDIA's libnvidia-ml.so.1 is, for tests on machines without its hardware. SMI_FAKE_NVML names
 * the machine that it plays (machines.h); SMI_FAKE_NVML_PID is the process that its GPUs are used by, the caller's own where
 * it is not set. With -DOLD it lacks what came after the
 * first versions: what ends in _v2 and _v3, but for those few that are as old as the rest, and values by their numbers. Written from what nvml.h documents.
 */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "structures.h"
#include "machines.h"

#define CHECK(call) do { int code_ = call; if (code_ != SUCCESS) return code_; } while (0)

static atomic_int users;
static atomic_ullong calls;
static atomic_ullong calls_of[8]; /* by index, for those that get lost */

/* For tests: how many functions of NVML were called, and where the compiler puts a member ("type" for its size), else -1. */
unsigned long long smi_fake_calls(void) { return calls; }

int smi_fake_layout(const char *name) {
    for (size_t i = 0; i < sizeof layout / sizeof *layout; i++) {
        if (strcmp(layout[i].name, name) == 0) return layout[i].bytes;
    }
    return -1;
}

static const Machine *machine(void) {
    const char *name = getenv("SMI_FAKE_NVML");
    for (size_t i = 0; name && i < sizeof machines / sizeof *machines; i++) {
        if (strcmp(machines[i].name, name) == 0) return &machines[i];
    }
    return &machines[0];
}

/* Begins every function: no answer before the initialization. */
static int begin(void) {
    calls++;
    return users > 0 ? SUCCESS : UNINITIALIZED;
}

/* Begins every function of a device: none for what is no handle. */
static int of(const Gpu *gpu) {
    CHECK(begin());
    if (!gpu) return INVALID_ARGUMENT;
    if (gpu->lost_after.is && calls_of[gpu->index.value]++ >= gpu->lost_after.value) return GPU_IS_LOST;
    return SUCCESS;
}

static int give(Value value, unsigned *out) {
    if (!value.is) return NOT_SUPPORTED;
    *out = (unsigned)value.value;
    return SUCCESS;
}

static int give_large(Value value, unsigned long long *out) {
    if (!value.is) return NOT_SUPPORTED;
    *out = value.value;
    return SUCCESS;
}

static int give_text(const char *text, char *out, unsigned size) {
    if (!text) return NOT_SUPPORTED;
    if (strlen(text) >= size) return INSUFFICIENT_SIZE;
    strcpy(out, text);
    return SUCCESS;
}

/* A function of a device that gives one number, or one text. */
#define NUMBER(function, member) \
    int function(const Gpu *gpu, unsigned *out) { CHECK(of(gpu)); return give(gpu->member, out); }
#define TEXT(function, member) \
    int function(const Gpu *gpu, char *out, unsigned size) { CHECK(of(gpu)); return give_text(gpu->member, out, size); }
/* One that gives two: the second is a constant, or how something will be after a restart. */
#define PAIR(function, member, second) \
    int function(const Gpu *gpu, unsigned *out, unsigned *other) { \
        CHECK(of(gpu)); \
        CHECK(give(gpu->member, out)); \
        *other = second; \
        return SUCCESS; \
    }

/* The system. */

int nvmlInit_v2(void) { calls++; users++; return SUCCESS; }

int nvmlShutdown(void) { CHECK(begin()); users--; return SUCCESS; }

#ifndef OLD
int nvmlInitWithFlags(unsigned flags) { (void)flags; return nvmlInit_v2(); }
#endif

const char *nvmlErrorString(int code) {
    switch (code) {
        case SUCCESS: return "Success";
        case NOT_SUPPORTED: return "Not Supported";
        case GPU_IS_LOST: return "GPU is lost";
        default: return "Another error";
    }
}

int nvmlSystemGetDriverVersion(char *out, unsigned size) {
    CHECK(begin());
    return give_text(machine()->driver, out, size);
}

int nvmlSystemGetNVMLVersion(char *out, unsigned size) {
    CHECK(begin());
    return give_text("12.550.54.15", out, size);
}

int nvmlSystemGetCudaDriverVersion(int *out) { CHECK(begin()); *out = machine()->cuda; return SUCCESS; }

#ifndef OLD
int nvmlSystemGetCudaDriverVersion_v2(int *out) { return nvmlSystemGetCudaDriverVersion(out); }
#endif

int nvmlDeviceGetCount_v2(unsigned *out) { CHECK(begin()); *out = machine()->count; return SUCCESS; }

int nvmlDeviceGetHandleByIndex_v2(unsigned index, const Gpu **out) {
    CHECK(begin());
    if (index >= (unsigned)machine()->count) return INVALID_ARGUMENT;
    const Gpu *gpu = &machine()->gpus[index];
    if (gpu->lost_after.is && gpu->lost_after.value == 0) return GPU_IS_LOST;
    *out = gpu;
    return SUCCESS;
}

static void bus_id(const Gpu *gpu, char *out) { sprintf(out, "%08X:%02X:00.0", 0, gpu->bus); }

/* With 4 or 8 digits of the domain. */
int nvmlDeviceGetHandleByPciBusId_v2(const char *id, const Gpu **out) {
    CHECK(begin());
    for (int i = 0; i < machine()->count; i++) {
        char whole[32];
        bus_id(&machine()->gpus[i], whole);
        if (strcasecmp(id, whole) == 0 || strcasecmp(id, whole + 4) == 0) {
            return nvmlDeviceGetHandleByIndex_v2(i, out);
        }
    }
    return NOT_FOUND;
}

/* What a device is. */

TEXT(nvmlDeviceGetName, name)
TEXT(nvmlDeviceGetUUID, uuid)
TEXT(nvmlDeviceGetSerial, serial)
TEXT(nvmlDeviceGetVbiosVersion, vbios)
NUMBER(nvmlDeviceGetIndex, index)
NUMBER(nvmlDeviceGetMinorNumber, minor)

static int pci(const Gpu *gpu, nvmlPciInfo_t *out) {
    memset(out, 0, sizeof *out);
    bus_id(gpu, out->busId);
    strcpy(out->busIdLegacy, out->busId + 4);
    out->bus = gpu->bus;
    out->pciDeviceId = gpu->pci_device;
    return SUCCESS;
}

int nvmlDeviceGetPciInfo_v3(const Gpu *gpu, nvmlPciInfo_t *out) { CHECK(of(gpu)); return pci(gpu, out); }

#ifndef OLD
NUMBER(nvmlDeviceGetNumaNodeId, numa_node)

int nvmlDeviceGetGspFirmwareVersion(const Gpu *gpu, char *out) { CHECK(of(gpu)); return give_text(gpu->gsp, out, 64); }
#endif

/* How busy it is. */

int nvmlDeviceGetUtilizationRates(const Gpu *gpu, nvmlUtilization_t *out) {
    CHECK(of(gpu));
    while (gpu->hangs) sleep(3600);
    CHECK(give(gpu->utilization, &out->gpu));
    return give(gpu->memory_utilization, &out->memory);
}

PAIR(nvmlDeviceGetEncoderUtilization, encoder, 167000)
PAIR(nvmlDeviceGetDecoderUtilization, decoder, 167000)
#ifndef OLD
PAIR(nvmlDeviceGetJpgUtilization, jpeg, 167000)
PAIR(nvmlDeviceGetOfaUtilization, ofa, 167000)
#endif

/* The first version counts what is reserved as used. */
int nvmlDeviceGetMemoryInfo(const Gpu *gpu, nvmlMemory_t *out) {
    CHECK(of(gpu));
    CHECK(give_large(gpu->total, &out->total));
    out->used = gpu->used.value + gpu->reserved.value;
    out->free = out->total - out->used;
    return SUCCESS;
}

#ifndef OLD
int nvmlDeviceGetMemoryInfo_v2(const Gpu *gpu, nvmlMemory_v2_t *out) {
    CHECK(of(gpu));
    if (out->version != (sizeof *out | 2 << 24)) return VERSION_MISMATCH;
    CHECK(give_large(gpu->total, &out->total));
    out->reserved = gpu->reserved.value;
    out->used = gpu->used.value;
    out->free = out->total - out->used - out->reserved;
    return SUCCESS;
}
#endif

/* Its condition. */

int nvmlDeviceGetTemperature(const Gpu *gpu, unsigned sensor, unsigned *out) {
    CHECK(of(gpu));
    return sensor == 0 ? give(gpu->celsius, out) : INVALID_ARGUMENT;
}

int nvmlDeviceGetTemperatureThreshold(const Gpu *gpu, unsigned which, unsigned *out) {
    CHECK(of(gpu));
    return which == 0 ? give(gpu->shutdown_celsius, out) : which == 1 ? give(gpu->slowdown_celsius, out) : NOT_SUPPORTED;
}

NUMBER(nvmlDeviceGetPowerUsage, power_mw)
NUMBER(nvmlDeviceGetPowerManagementLimit, limit_mw)
NUMBER(nvmlDeviceGetEnforcedPowerLimit, enforced_mw)

int nvmlDeviceGetPowerManagementLimitConstraints(const Gpu *gpu, unsigned *least, unsigned *most) {
    CHECK(of(gpu));
    CHECK(give(gpu->limit_min_mw, least));
    return give(gpu->limit_max_mw, most);
}

int nvmlDeviceGetTotalEnergyConsumption(const Gpu *gpu, unsigned long long *out) {
    CHECK(of(gpu));
    return give_large(gpu->energy_mj, out);
}

int nvmlDeviceGetClockInfo(const Gpu *gpu, unsigned clock, unsigned *out) {
    CHECK(of(gpu));
    const Value *clocks[] = {&gpu->graphics_mhz, &gpu->sm_mhz, &gpu->memory_mhz, &gpu->video_mhz};
    return clock < 4 ? give(*clocks[clock], out) : INVALID_ARGUMENT;
}

int nvmlDeviceGetMaxClockInfo(const Gpu *gpu, unsigned clock, unsigned *out) {
    CHECK(of(gpu));
    const Value *clocks[] = {&gpu->graphics_max_mhz, &gpu->sm_max_mhz, &gpu->memory_max_mhz, &gpu->video_max_mhz};
    return clock < 4 ? give(*clocks[clock], out) : INVALID_ARGUMENT;
}

NUMBER(nvmlDeviceGetFanSpeed, fan_percent)
NUMBER(nvmlDeviceGetPerformanceState, pstate)

int nvmlDeviceGetCurrentClocksThrottleReasons(const Gpu *gpu, unsigned long long *out) {
    CHECK(of(gpu));
    return give_large(gpu->reasons, out);
}

#ifndef OLD
NUMBER(nvmlDeviceGetNumFans, fans)

int nvmlDeviceGetFanSpeedRPM(const Gpu *gpu, nvmlFanSpeedInfo_v1_t *out) {
    CHECK(of(gpu));
    if (out->version != (sizeof *out | 1 << 24)) return VERSION_MISMATCH;
    return give(gpu->fan_rpm, &out->speed);
}

int nvmlDeviceGetCurrentClocksEventReasons(const Gpu *gpu, unsigned long long *out) {
    return nvmlDeviceGetCurrentClocksThrottleReasons(gpu, out);
}
#endif

/* Its link to the host. */

NUMBER(nvmlDeviceGetCurrPcieLinkGeneration, pcie_generation)
NUMBER(nvmlDeviceGetCurrPcieLinkWidth, pcie_width)
NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, pcie_generation_max)
NUMBER(nvmlDeviceGetMaxPcieLinkWidth, pcie_width_max)
NUMBER(nvmlDeviceGetPcieReplayCounter, pcie_replays)

int nvmlDeviceGetPcieThroughput(const Gpu *gpu, unsigned direction, unsigned *out) {
    CHECK(of(gpu));
    return direction > 1 ? INVALID_ARGUMENT : give(direction == 0 ? gpu->pcie_tx_kb : gpu->pcie_rx_kb, out);
}

/* Its memory's errors. */

PAIR(nvmlDeviceGetEccMode, ecc, *out)

static Value errors(const Gpu *gpu, unsigned uncorrected, unsigned ever) {
    return uncorrected ? (ever ? gpu->uncorrected_ever : gpu->uncorrected) : (ever ? gpu->corrected_ever : gpu->corrected);
}

int nvmlDeviceGetTotalEccErrors(const Gpu *gpu, unsigned uncorrected, unsigned ever, unsigned long long *out) {
    CHECK(of(gpu));
    return uncorrected > 1 || ever > 1 ? INVALID_ARGUMENT : give_large(errors(gpu, uncorrected, ever), out);
}

/* All of them were in the device's memory. */
int nvmlDeviceGetMemoryErrorCounter(
        const Gpu *gpu, unsigned uncorrected, unsigned ever, unsigned place, unsigned long long *out) {
    CHECK(of(gpu));
    if (uncorrected > 1 || ever > 1) return INVALID_ARGUMENT;
    return place == 2 ? give_large(errors(gpu, uncorrected, ever), out) : NOT_SUPPORTED;
}

#ifndef OLD
int nvmlDeviceGetRemappedRows(
        const Gpu *gpu, unsigned *corrected, unsigned *uncorrected, unsigned *pending, unsigned *failed) {
    CHECK(of(gpu));
    CHECK(give(gpu->remapped_corrected, corrected));
    CHECK(give(gpu->remapped_uncorrected, uncorrected));
    CHECK(give(gpu->remap_pending, pending));
    return give(gpu->remap_failed, failed);
}
#endif

int nvmlDeviceGetRetiredPages(const Gpu *gpu, unsigned cause, unsigned *count, unsigned long long *addresses) {
    CHECK(of(gpu));
    unsigned there, room = *count;
    CHECK(give(cause == 0 ? gpu->retired_single : gpu->retired_double, &there));
    *count = there;
    if (room < there) return INSUFFICIENT_SIZE;
    for (unsigned i = 0; i < there; i++) addresses[i] = 0x1000 * (i + 1);
    return SUCCESS;
}

#ifndef OLD
/* Values by their numbers, each of the type that the driver gives it in. */

enum { UINT = 1, ULONG_LONG = 3 };

static int field(nvmlFieldValue_t *out, Value value, unsigned type) {
    out->valueType = type;
    if (!value.is) return NOT_SUPPORTED;
    if (type == UINT) {
        memset(&out->value, 0xee, sizeof out->value); /* what is not the value is anything */
        out->value.ui = (unsigned)value.value;
    } else {
        out->value.ull = value.value;
    }
    return SUCCESS;
}

static int link_field(const Gpu *gpu, nvmlFieldValue_t *out) {
    if (!gpu->links.is || out->scopeId >= gpu->links.value) return INVALID_ARGUMENT;
    int active = out->scopeId + 1 < gpu->links.value;
    Value none = {0, 0}, state = IS(active), replays = IS(0);
    switch (out->fieldId) {
        case 138: return field(out, active ? gpu->link_tx_kib : none, ULONG_LONG);
        case 139: return field(out, active ? gpu->link_rx_kib : none, ULONG_LONG);
        case 161: case 162: return field(out, replays, ULONG_LONG);
        case 163: return field(out, gpu->link_errors, ULONG_LONG);
        case 165: return field(out, state, UINT);
        default: return NOT_SUPPORTED;
    }
}

static int any_field(const Gpu *gpu, nvmlFieldValue_t *out) {
    switch (out->fieldId) {
        case 1: return field(out, gpu->ecc, UINT);
        case 3: return field(out, gpu->corrected, ULONG_LONG);
        case 4: return field(out, gpu->uncorrected, ULONG_LONG);
        case 5: return field(out, gpu->corrected_ever, ULONG_LONG);
        case 6: return field(out, gpu->uncorrected_ever, ULONG_LONG);
        case 29: return field(out, gpu->retired_single, UINT);
        case 30: return field(out, gpu->retired_double, UINT);
        case 82: return field(out, gpu->memory_celsius, UINT);
        case 83: return field(out, gpu->energy_mj, ULONG_LONG);
        case 91: return field(out, gpu->links, UINT);
        case 94: return field(out, gpu->pcie_replays, UINT);
        case 142: return field(out, gpu->remapped_corrected, UINT);
        case 143: return field(out, gpu->remapped_uncorrected, UINT);
        case 144: return field(out, gpu->remap_pending, UINT);
        case 145: return field(out, gpu->remap_failed, UINT);
        case 197: return field(out, gpu->pcie_tx_bytes, ULONG_LONG);
        case 198: return field(out, gpu->pcie_rx_bytes, ULONG_LONG);
        default: return link_field(gpu, out);
    }
}

int nvmlDeviceGetFieldValues(const Gpu *gpu, int count, nvmlFieldValue_t *values) {
    CHECK(of(gpu));
    for (int i = 0; i < count; i++) values[i].nvmlReturn = any_field(gpu, &values[i]);
    return SUCCESS;
}
#endif

/* Its links to other GPUs: by two switches, which this machine sees no address of. */

static int link_of(const Gpu *gpu, unsigned link) {
    CHECK(of(gpu));
    return !gpu->links.is ? NOT_SUPPORTED : link < gpu->links.value ? SUCCESS : INVALID_ARGUMENT;
}

int nvmlDeviceGetNvLinkState(const Gpu *gpu, unsigned link, unsigned *out) {
    CHECK(link_of(gpu, link));
    *out = link + 1 < gpu->links.value;
    return SUCCESS;
}

int nvmlDeviceGetNvLinkErrorCounter(const Gpu *gpu, unsigned link, unsigned counter, unsigned long long *out) {
    CHECK(link_of(gpu, link));
    *out = counter == 2 ? gpu->link_errors.value : 0;
    return SUCCESS;
}

#ifndef OLD
int nvmlDeviceGetNvLinkRemoteDeviceType(const Gpu *gpu, unsigned link, unsigned *out) {
    CHECK(link_of(gpu, link));
    *out = 2;
    return SUCCESS;
}

int nvmlDeviceGetNvLinkRemotePciInfo_v2(const Gpu *gpu, unsigned link, nvmlPciInfo_t *out) {
    CHECK(link_of(gpu, link));
    memset(out, 0, sizeof *out);
    out->bus = link % 2;
    sprintf(out->busId, "%08X:%02X:00.0", link % 2 ? 0 : 0xffff, 5);
    return SUCCESS;
}

/* What it is split into. */

PAIR(nvmlDeviceGetMigMode, mig_mode, *out)
NUMBER(nvmlDeviceGetMaxMigDeviceCount, mig_most)
NUMBER(nvmlDeviceGetGpuInstanceId, gpu_instance)
NUMBER(nvmlDeviceGetComputeInstanceId, compute_instance)

int nvmlDeviceIsMigDeviceHandle(const Gpu *gpu, unsigned *out) { CHECK(of(gpu)); *out = gpu->parent != NULL; return SUCCESS; }

int nvmlDeviceGetMigDeviceHandleByIndex(const Gpu *gpu, unsigned index, const Gpu **out) {
    CHECK(of(gpu));
    if (!gpu->mig_mode.is) return NOT_SUPPORTED;
    if (index >= MIGS) return INVALID_ARGUMENT;
    if (!gpu->migs[index]) return NOT_FOUND;
    *out = gpu->migs[index];
    return SUCCESS;
}

int nvmlDeviceGetDeviceHandleFromMigDeviceHandle(const Gpu *mig, const Gpu **out) {
    CHECK(of(mig));
    if (!mig->parent) return INVALID_ARGUMENT;
    *out = mig->parent;
    return SUCCESS;
}

int nvmlDeviceGetAttributes_v2(const Gpu *gpu, nvmlDeviceAttributes_t *out) {
    CHECK(of(gpu));
    if (!gpu->slices.is) return NOT_SUPPORTED;
    memset(out, 0, sizeof *out);
    out->gpuInstanceSliceCount = out->computeInstanceSliceCount = gpu->slices.value;
    out->multiprocessorCount = 16 * gpu->slices.value;
    out->memorySizeMB = gpu->total.value / MIB;
    return SUCCESS;
}
#endif

#ifndef OLD
/* How busy its instances were between two samples of them, which must be of one instance, and in their order. */

typedef struct {
    const Gpu *instance;
    unsigned long long taken;
} Sample;

static atomic_ullong samples_taken;
static atomic_int samples_held;

int smi_fake_samples(void) { return samples_held; }

int nvmlGpmQueryDeviceSupport(const Gpu *gpu, nvmlGpmSupport_t *out) {
    CHECK(of(gpu));
    if (out->version != 1) return VERSION_MISMATCH;
    out->isSupportedDevice = gpu->mig_mode.is;
    return SUCCESS;
}

int nvmlGpmSampleAlloc(Sample **out) {
    CHECK(begin());
    *out = calloc(1, sizeof **out);
    samples_held++;
    return SUCCESS;
}

int nvmlGpmSampleFree(Sample *sample) { CHECK(begin()); free(sample); samples_held--; return SUCCESS; }

int nvmlGpmMigSampleGet(const Gpu *gpu, unsigned instance, Sample *out) {
    CHECK(of(gpu));
    for (int i = 0; i < MIGS; i++) {
        const Gpu *mig = gpu->migs[i];
        if (mig && mig->gpu_instance.value == instance) {
            *out = (Sample){mig, ++samples_taken};
            return SUCCESS;
        }
    }
    return NOT_FOUND;
}

int nvmlGpmMetricsGet(nvmlGpmMetricsGet_t *get) {
    CHECK(begin());
    if (get->version != 1) return VERSION_MISMATCH;
    const Sample *first = get->sample1, *last = get->sample2;
    if (!first || !last || first->instance != last->instance || first->taken >= last->taken) return INVALID_ARGUMENT;
    for (unsigned i = 0; i < get->numMetrics; i++) {
        nvmlGpmMetric_t *metric = &get->metrics[i];
        Value busy = first->instance->busy;
        metric->nvmlReturn = metric->metricId == 1 && busy.is ? SUCCESS : NOT_SUPPORTED;
        metric->value = busy.value / 8.0;
    }
    return SUCCESS;
}
#endif

/* Its modes. */

NUMBER(nvmlDeviceGetVirtualizationMode, virtualization)
NUMBER(nvmlDeviceGetPersistenceMode, persistence)
NUMBER(nvmlDeviceGetComputeMode, compute_mode)
#ifndef OLD
NUMBER(nvmlDeviceGetHostVgpuMode, host_vgpu)
#endif

/* Its processes. */

static unsigned pid(void) {
    const char *text = getenv("SMI_FAKE_NVML_PID");
    return text ? (unsigned)atoi(text) : (unsigned)getpid();
}

/* The list of one kind, into structures of version 1 or 2. */
static int list(const Gpu *gpu, int kind, unsigned *count, char *out, size_t size) {
    CHECK(of(gpu));
    unsigned room = *count, found = 0;
    for (int i = 0; i < PROCESSES; i++) {
        const Process *process = &gpu->processes[i];
        if (process->list != kind) continue;
        if (found < room) {
            nvmlProcessInfo_v2_t info = {pid(), process->memory, process->gpu_instance, process->compute_instance};
            memcpy(out + found * size, &info, size);
        }
        found++;
    }
    *count = found;
    return found > room ? INSUFFICIENT_SIZE : SUCCESS;
}

#define LIST(function, kind, type) \
    int function(const Gpu *gpu, unsigned *count, type *out) { return list(gpu, kind, count, (char *)out, sizeof *out); }

LIST(nvmlDeviceGetComputeRunningProcesses, COMPUTE, nvmlProcessInfo_v1_t)
LIST(nvmlDeviceGetGraphicsRunningProcesses, GRAPHICS, nvmlProcessInfo_v1_t)
#ifndef OLD
LIST(nvmlDeviceGetComputeRunningProcesses_v2, COMPUTE, nvmlProcessInfo_v2_t)
LIST(nvmlDeviceGetComputeRunningProcesses_v3, COMPUTE, nvmlProcessInfo_v2_t)
LIST(nvmlDeviceGetGraphicsRunningProcesses_v2, GRAPHICS, nvmlProcessInfo_v2_t)
LIST(nvmlDeviceGetGraphicsRunningProcesses_v3, GRAPHICS, nvmlProcessInfo_v2_t)
LIST(nvmlDeviceGetMPSComputeRunningProcesses, MPS, nvmlProcessInfo_v1_t)
LIST(nvmlDeviceGetMPSComputeRunningProcesses_v2, MPS, nvmlProcessInfo_v2_t)
LIST(nvmlDeviceGetMPSComputeRunningProcesses_v3, MPS, nvmlProcessInfo_v2_t)
#endif

/* One sample of each process that has one, of a moment ago. */
int nvmlDeviceGetProcessUtilization(
        const Gpu *gpu, nvmlProcessUtilizationSample_t *out, unsigned *count, unsigned long long last) {
    CHECK(of(gpu));
    if (gpu->mig_mode.is && gpu->mig_mode.value) return NOT_SUPPORTED;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    unsigned long long time = now.tv_sec * 1000000ULL + now.tv_nsec / 1000 - 1000;
    unsigned room = *count, found = 0;
    for (int i = 0; i < PROCESSES && time > last; i++) {
        Value sm = gpu->processes[i].sm;
        if (!sm.is) continue;
        if (out && found < room) {
            out[found] = (nvmlProcessUtilizationSample_t){pid(), time, (unsigned)sm.value, 1, 2, 3};
        }
        found++;
    }
    *count = found;
    return found > room || !out ? INSUFFICIENT_SIZE : found ? SUCCESS : NOT_FOUND;
}

/* Its error events: of each device that has one, once in a process. */

enum { XID_EVENT = 8 };

typedef struct {
    const Gpu *gpus[8];
    atomic_int count;
} Events;

static atomic_int delivered[8];

int nvmlEventSetCreate(Events **out) {
    CHECK(begin());
    *out = calloc(1, sizeof **out);
    return SUCCESS;
}

int nvmlEventSetFree(Events *events) { CHECK(begin()); free(events); return SUCCESS; }

int nvmlDeviceGetSupportedEventTypes(const Gpu *gpu, unsigned long long *out) {
    CHECK(of(gpu));
    *out = XID_EVENT;
    return SUCCESS;
}

int nvmlDeviceRegisterEvents(const Gpu *gpu, unsigned long long types, Events *events) {
    CHECK(of(gpu));
    if (types & ~(unsigned long long)XID_EVENT) return NOT_SUPPORTED;
    if (events->count == 8) return INVALID_ARGUMENT;
    events->gpus[events->count] = gpu;
    events->count++;
    return SUCCESS;
}

int nvmlEventSetWait(Events *events, nvmlEventData_t *out, unsigned milliseconds) {
    CHECK(begin());
    for (int i = 0; i < events->count; i++) {
        const Gpu *gpu = events->gpus[i];
        if (gpu->xid.is && !atomic_exchange(&delivered[gpu->index.value], 1)) {
            *out = (nvmlEventData_t){(void *)gpu, XID_EVENT, gpu->xid.value, NO_INSTANCE, NO_INSTANCE};
            return SUCCESS;
        }
    }
    usleep(1000 * milliseconds);
    return TIMEOUT;
}

#ifndef OLD
int nvmlEventSetWait_v2(Events *events, nvmlEventData_t *out, unsigned milliseconds) {
    return nvmlEventSetWait(events, out, milliseconds);
}
#endif
