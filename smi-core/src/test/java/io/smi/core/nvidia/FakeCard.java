package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.FieldValue;
import io.smi.core.nvidia.NvmlLayout.GpmSupport;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessSample;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One GPU of a {@link FakeNvml}: what it answers to each function. What it has no answer to is NOT_SUPPORTED. */
final class FakeCard {
    private final String address;
    private final long handle;
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<Integer, Long> fields = new HashMap<>();
    private final Map<Integer, Integer> types = new HashMap<>();
    private final List<FakeCard> instances = new ArrayList<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private final Map<Integer, Double> loads = new HashMap<>();
    private boolean lost;

    /** Fills in the buffers of a call. */
    interface Answer {
        int write(List<ByteBuffer> out);
    }

    FakeCard(String address, long handle) {
        this.address = address;
        this.handle = handle;
    }

    String address() {
        return address;
    }

    long handle() {
        return handle;
    }

    List<FakeCard> instances() {
        return instances;
    }

    void loses() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    @Nullable
    Answer answer(String question) {
        return answers.get(question);
    }

    FakeCard answers(String question, Answer answer) {
        answers.put(question, answer);
        return this;
    }

    /** Numbers of 32 bits, each into a buffer of its own. */
    FakeCard ints(String question, int... numbers) {
        return answers(question, out -> {
            for (int i = 0; i < numbers.length; i++) {
                out.get(i).putInt(0, numbers[i]);
            }
            return NvmlReturn.SUCCESS;
        });
    }

    FakeCard text(String question, String text) {
        return answers(question, text(text));
    }

    static Answer text(String text) {
        return out -> {
            byte[] bytes = FakeNvml.bytes(text + "\0");
            for (int i = 0; i < bytes.length; i++) {
                out.get(0).put(i, bytes[i]);
            }
            return NvmlReturn.SUCCESS;
        };
    }

    /** Words of 64 bits of one structure. */
    FakeCard words(String question, int offset, long... numbers) {
        return answers(question, out -> {
            for (int i = 0; i < numbers.length; i++) {
                out.get(0).putLong(offset + i * Long.BYTES, numbers[i]);
            }
            return NvmlReturn.SUCCESS;
        });
    }

    /** Numbers of 32 bits of one structure. */
    FakeCard struct(String question, int offset, int... numbers) {
        return answers(question, out -> {
            for (int i = 0; i < numbers.length; i++) {
                out.get(0).putInt(offset + i * Integer.BYTES, numbers[i]);
            }
            return NvmlReturn.SUCCESS;
        });
    }

    /** A field of 64 bits; of a link when it is one of each. */
    FakeCard field(int id, long value) {
        fields.put(id, value);
        return this;
    }

    /** The same of another type, such as 1 for 32 bits. */
    FakeCard field(int id, int type, long value) {
        types.put(id, type);
        return field(id, value);
    }

    FakeCard noFields() {
        fields.clear();
        return this;
    }

    /** An instance of this card, in the next place. */
    FakeCard instance(FakeCard instance) {
        words("nvmlDeviceGetMigDeviceHandleByIndex/" + instances.size(), 0, instance.handle);
        instances.add(instance);
        return this;
    }

    /** Processes as pid, bytes, pid, bytes ... in structures of this size. */
    FakeCard processes(String function, int size, long... processes) {
        return answers(function, out -> {
            int room = out.get(0).getInt(0);
            int count = processes.length / 2;
            out.get(0).putInt(0, count);
            if (count > room) {
                return NvmlReturn.INSUFFICIENT_SIZE;
            }
            for (int i = 0; i < count; i++) {
                out.get(1).putInt(i * size + ProcessInfo.PID, (int) processes[2 * i]);
                out.get(1).putLong(i * size + ProcessInfo.MEMORY, processes[2 * i + 1]);
            }
            return NvmlReturn.SUCCESS;
        });
    }

    /** Samples as pid, microseconds, percent ... */
    FakeCard samples(long... samples) {
        return answers("nvmlDeviceGetProcessUtilization", out -> {
            int count = samples.length / 3;
            int room = out.get(1).getInt(0);
            out.get(1).putInt(0, count);
            if (count == 0) {
                return NvmlReturn.NOT_FOUND;
            } else if (count > room) {
                return NvmlReturn.INSUFFICIENT_SIZE;
            }
            for (int i = 0; i < count; i++) {
                int at = i * ProcessSample.SIZE;
                out.get(0).putInt(at + ProcessSample.PID, (int) samples[3 * i]);
                out.get(0).putLong(at + ProcessSample.TIME, samples[3 * i + 1]);
                out.get(0).putInt(at + ProcessSample.SM, (int) samples[3 * i + 2]);
            }
            return NvmlReturn.SUCCESS;
        });
    }

    /** How busy the instance of this number is. */
    FakeCard load(int gpuInstance, double percent) {
        loads.put(gpuInstance, percent);
        return struct("nvmlGpmQueryDeviceSupport", GpmSupport.SUPPORTED, 1);
    }

    @Nullable
    Double load(int gpuInstance) {
        return loads.get(gpuInstance);
    }

    /** This function answers so of this card, whatever it is asked about. */
    void fails(String function, int code) {
        failing.put(function, code);
    }

    @Nullable
    Integer failure(String function) {
        return failing.get(function);
    }

    int fields(int count, ByteBuffer values) {
        if (fields.isEmpty()) {
            return NvmlReturn.NOT_SUPPORTED;
        }
        for (int i = 0; i < count; i++) {
            int at = i * FieldValue.SIZE;
            int id = values.getInt(at + FieldValue.FIELD);
            Long value = fields.get(id);
            values.putInt(at + FieldValue.RETURN, value == null ? NvmlReturn.NOT_SUPPORTED : NvmlReturn.SUCCESS);
            int type = types.getOrDefault(id, 3);
            values.putInt(at + FieldValue.TYPE, type);
            values.putLong(at + FieldValue.VALUE, -1);
            if (value != null && type == 1) {
                values.putInt(at + FieldValue.VALUE, value.intValue());
            } else if (value != null) {
                values.putLong(at + FieldValue.VALUE, value);
            }
        }
        return NvmlReturn.SUCCESS;
    }
}
