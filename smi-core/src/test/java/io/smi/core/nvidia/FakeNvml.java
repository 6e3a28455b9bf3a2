package io.smi.core.nvidia;

import io.smi.core.nvidia.FakeCard.Answer;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** NVML of a machine that a test makes up: see {@link FakeMachines}. */
final class FakeNvml implements Nvml, NvmlSession.Loader {
    private static final long EVENT_SET = 77;

    private final List<FakeCard> cards = new ArrayList<>();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Map<String, Integer> failing = new ConcurrentHashMap<>();
    private final Set<String> lacking = new HashSet<>();
    private final BlockingQueue<long[]> events = new LinkedBlockingQueue<>();
    private final FakeSamples samples = new FakeSamples();
    private boolean installed = true;
    private int opened;

    FakeNvml card(FakeCard card) {
        cards.add(card);
        return this;
    }

    int cards() {
        return cards.size();
    }

    FakeCard card(int index) {
        return cards.get(index);
    }

    /** An older library, without these functions. */
    FakeNvml without(String... functions) {
        lacking.addAll(List.of(functions));
        return this;
    }

    void uninstall() {
        installed = false;
    }

    /** This function answers so from now on, of every device. */
    void fails(String function, int code) {
        failing.put(function, code);
    }

    void mended() {
        failing.clear();
    }

    /** The driver meets an error of this device. */
    void xid(int card, int code) {
        events.add(new long[] {cards.get(card).handle(), 8, code});
    }

    Map<String, Integer> calls() {
        return new TreeMap<>(calls);
    }

    int called(String function) {
        return calls.getOrDefault(function, 0);
    }

    void forgetCalls() {
        calls.clear();
    }

    /** How many samples of instances were not given back. */
    int samples() {
        return samples.held();
    }

    boolean isOpen() {
        return opened > 0;
    }

    @Override
    public @Nullable File find() {
        return installed ? new File("/fake/" + LibraryFinder.NAME) : null;
    }

    @Override
    public Nvml load(File file) {
        return this;
    }

    @Override
    public int call(String function, Object... arguments) {
        calls.merge(function, 1, Integer::sum);
        Integer code = failing.get(function);
        if (lacking.contains(function)) {
            return NvmlReturn.FUNCTION_NOT_FOUND;
        } else if (code != null && code != NvmlReturn.SUCCESS) {
            return code;
        }
        return switch (function) {
            case "nvmlInitWithFlags", "nvmlInit_v2" -> {
                opened++;
                yield NvmlReturn.SUCCESS;
            }
            case "nvmlShutdown" -> {
                opened--;
                yield NvmlReturn.SUCCESS;
            }
            case "nvmlEventSetCreate" -> put(arguments[0], EVENT_SET);
            case "nvmlEventSetWait_v2" -> event((ByteBuffer) arguments[1], (Integer) arguments[2]);
            case "nvmlEventSetFree" -> NvmlReturn.SUCCESS;
            case "nvmlGpmSampleAlloc" -> put(arguments[0], samples.allocate());
            case "nvmlGpmSampleFree" -> samples.free((Long) arguments[0]);
            case "nvmlGpmMetricsGet" -> samples.metrics((ByteBuffer) arguments[0]);
            default -> opened > 0 ? asked(function, arguments) : NvmlReturn.UNINITIALIZED;
        };
    }

    private int asked(String function, Object... arguments) {
        return switch (function) {
            case "nvmlSystemGetDriverVersion" -> FakeCard.text("580.65.06").write(List.of((ByteBuffer) arguments[0]));
            case "nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion" -> put(arguments[0], 13000);
            case "nvmlDeviceGetCount_v2" -> put(arguments[0], cards.size());
            case "nvmlDeviceGetHandleByIndex_v2" ->
                put(arguments[1], cards.get((Integer) arguments[0]).handle());
            case "nvmlDeviceGetHandleByPciBusId_v2" -> byAddress((ByteBuffer) arguments[0], arguments[1]);
            default -> ofDevice(function, arguments);
        };
    }

    private int byAddress(ByteBuffer text, Object out) {
        String address = Scratch.string(text, 0, Scratch.TEXT_SIZE);
        for (FakeCard card : cards) {
            if (card.address().equals(address)) {
                return card.isLost() ? NvmlReturn.GPU_IS_LOST : put(out, card.handle());
            }
        }
        return NvmlReturn.NOT_FOUND;
    }

    private int ofDevice(String function, Object... arguments) {
        for (FakeCard card : cards) {
            if (arguments[0].equals(card.handle())) {
                return card.isLost() ? NvmlReturn.GPU_IS_LOST : answer(card, function, arguments);
            }
            for (FakeCard instance : card.instances()) {
                if (arguments[0].equals(instance.handle())) {
                    return answer(instance, function, arguments);
                }
            }
        }
        return NvmlReturn.INVALID_ARGUMENT;
    }

    /** Numbers in front of the first buffer say which sensor, link or clock is meant. */
    private int answer(FakeCard card, String function, Object... arguments) {
        Integer failure = card.failure(function);
        if (failure != null) {
            return failure;
        }
        if (function.equals("nvmlDeviceGetFieldValues")) {
            return card.fields((Integer) arguments[1], (ByteBuffer) arguments[2]);
        }
        if (function.equals("nvmlGpmMigSampleGet")) {
            return samples.take(card.load((Integer) arguments[1]), (Long) arguments[2]);
        }
        StringBuilder question = new StringBuilder(function);
        List<ByteBuffer> out = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof ByteBuffer buffer) {
                out.add(buffer);
            } else if (out.isEmpty() && argument instanceof Integer which) {
                question.append('/').append(which);
            }
        }
        Answer answer = card.answer(question.toString());
        return answer == null ? NvmlReturn.NOT_SUPPORTED : answer.write(out);
    }

    private int event(ByteBuffer out, int timeout) {
        try {
            long[] event = events.poll(timeout, TimeUnit.MILLISECONDS);
            if (event == null) {
                return NvmlReturn.TIMEOUT;
            }
            for (int i = 0; i < event.length; i++) {
                out.putLong(i * Long.BYTES, event[i]);
            }
            return NvmlReturn.SUCCESS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NvmlReturn.TIMEOUT;
        }
    }

    private static int put(Object out, long value) {
        ((ByteBuffer) out).putLong(0, value);
        return NvmlReturn.SUCCESS;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
