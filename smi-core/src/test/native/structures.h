/*
 * What NVML's functions take and fill in, and the numbers that they answer: laid out as nvml.h documents it, declared anew.
 * Java's layout (NvmlLayout) is held against what the compiler makes of these.
 */
#include <stddef.h>
#include <stdint.h>

enum {
    SUCCESS = 0,
    UNINITIALIZED = 1,
    INVALID_ARGUMENT = 2,
    NOT_SUPPORTED = 3,
    NOT_FOUND = 6,
    INSUFFICIENT_SIZE = 7,
    TIMEOUT = 10,
    GPU_IS_LOST = 15,
    VERSION_MISMATCH = 25,
};

typedef struct {
    unsigned gpu, memory;
} nvmlUtilization_t;

typedef struct {
    unsigned long long total, free, used;
} nvmlMemory_t;

typedef struct {
    unsigned version;
    unsigned long long total, reserved, free, used;
} nvmlMemory_v2_t;

typedef struct {
    char busIdLegacy[16];
    unsigned domain, bus, device, pciDeviceId, pciSubSystemId;
    char busId[32];
} nvmlPciInfo_t;

typedef struct {
    unsigned version, fan, speed;
} nvmlFanSpeedInfo_v1_t;

typedef struct {
    unsigned fieldId, scopeId;
    long long timestamp, latencyUsec;
    unsigned valueType, nvmlReturn;
    union {
        double d;
        unsigned ui;
        unsigned long long ull;
    } value;
} nvmlFieldValue_t;

typedef struct {
    unsigned pid;
    unsigned long long usedGpuMemory;
} nvmlProcessInfo_v1_t;

typedef struct {
    unsigned pid;
    unsigned long long usedGpuMemory;
    unsigned gpuInstanceId, computeInstanceId;
} nvmlProcessInfo_v2_t;

typedef struct {
    unsigned pid;
    unsigned long long timeStamp;
    unsigned smUtil, memUtil, encUtil, decUtil;
} nvmlProcessUtilizationSample_t;

typedef struct {
    void *device;
    unsigned long long eventType, eventData;
    unsigned gpuInstanceId, computeInstanceId;
} nvmlEventData_t;

typedef struct {
    unsigned multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount, sharedJpegCount;
    unsigned sharedOfaCount, gpuInstanceSliceCount, computeInstanceSliceCount;
    unsigned long long memorySizeMB;
} nvmlDeviceAttributes_t;

typedef struct {
    unsigned version, isSupportedDevice;
} nvmlGpmSupport_t;

typedef struct {
    unsigned metricId, nvmlReturn;
    double value;
    struct {
        char *shortName, *longName, *unit;
    } metricInfo;
} nvmlGpmMetric_t;

typedef struct {
    unsigned version, numMetrics;
    void *sample1, *sample2;
    nvmlGpmMetric_t metrics[333];
} nvmlGpmMetricsGet_t;

#define SIZE(type) {#type, sizeof(type)}
#define MEMBER(type, member) {#type "." #member, offsetof(type, member)}

static const struct {
    const char *name;
    int bytes;
} layout[] = {
    SIZE(nvmlUtilization_t), MEMBER(nvmlUtilization_t, gpu), MEMBER(nvmlUtilization_t, memory),
    SIZE(nvmlMemory_t), MEMBER(nvmlMemory_t, total), MEMBER(nvmlMemory_t, free), MEMBER(nvmlMemory_t, used),
    SIZE(nvmlMemory_v2_t), MEMBER(nvmlMemory_v2_t, total), MEMBER(nvmlMemory_v2_t, reserved),
    MEMBER(nvmlMemory_v2_t, free), MEMBER(nvmlMemory_v2_t, used),
    SIZE(nvmlPciInfo_t), MEMBER(nvmlPciInfo_t, domain), MEMBER(nvmlPciInfo_t, bus), MEMBER(nvmlPciInfo_t, device),
    MEMBER(nvmlPciInfo_t, busId),
    SIZE(nvmlFanSpeedInfo_v1_t), MEMBER(nvmlFanSpeedInfo_v1_t, fan), MEMBER(nvmlFanSpeedInfo_v1_t, speed),
    SIZE(nvmlFieldValue_t), MEMBER(nvmlFieldValue_t, fieldId), MEMBER(nvmlFieldValue_t, scopeId),
    MEMBER(nvmlFieldValue_t, valueType), MEMBER(nvmlFieldValue_t, nvmlReturn), MEMBER(nvmlFieldValue_t, value),
    SIZE(nvmlProcessInfo_v1_t), MEMBER(nvmlProcessInfo_v1_t, pid), MEMBER(nvmlProcessInfo_v1_t, usedGpuMemory),
    SIZE(nvmlProcessInfo_v2_t), MEMBER(nvmlProcessInfo_v2_t, pid), MEMBER(nvmlProcessInfo_v2_t, usedGpuMemory),
    MEMBER(nvmlProcessInfo_v2_t, gpuInstanceId), MEMBER(nvmlProcessInfo_v2_t, computeInstanceId),
    SIZE(nvmlProcessUtilizationSample_t), MEMBER(nvmlProcessUtilizationSample_t, pid),
    MEMBER(nvmlProcessUtilizationSample_t, timeStamp), MEMBER(nvmlProcessUtilizationSample_t, smUtil),
    SIZE(nvmlEventData_t), MEMBER(nvmlEventData_t, device), MEMBER(nvmlEventData_t, eventType),
    MEMBER(nvmlEventData_t, eventData),
    SIZE(nvmlDeviceAttributes_t), MEMBER(nvmlDeviceAttributes_t, gpuInstanceSliceCount),
    MEMBER(nvmlDeviceAttributes_t, computeInstanceSliceCount), MEMBER(nvmlDeviceAttributes_t, memorySizeMB),
    SIZE(nvmlGpmSupport_t), MEMBER(nvmlGpmSupport_t, isSupportedDevice),
    SIZE(nvmlGpmMetric_t), SIZE(nvmlGpmMetricsGet_t), MEMBER(nvmlGpmMetricsGet_t, numMetrics),
    MEMBER(nvmlGpmMetricsGet_t, sample1), MEMBER(nvmlGpmMetricsGet_t, sample2),
    MEMBER(nvmlGpmMetricsGet_t, metrics[0].metricId), MEMBER(nvmlGpmMetricsGet_t, metrics[0].nvmlReturn),
    MEMBER(nvmlGpmMetricsGet_t, metrics[0].value),
};
