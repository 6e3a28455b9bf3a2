package io.smi.core;

import io.smi.schema.Cpu;
import io.smi.schema.Fan;
import io.smi.schema.Gpu;
import io.smi.schema.LogicalCpu;
import io.smi.schema.Network;
import io.smi.schema.PowerSupply;
import io.smi.schema.ProcessInfo;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Storage;
import io.smi.schema.Temperature;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a frame as a flat map: every value that is known, by the path to it, such as {@code
 * cpus[0].logical[3].clockMhz}. Rows go by what identifies them, not by their place, so that one that is missing moves
 * no other. Several values stand under one path where nothing tells rows apart, such as two drives' sensors.
 */
final class FrameValues {
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private final Map<String, List<Object>> values = new TreeMap<>();

    private FrameValues() {}

    /** The values of all sections. */
    static Map<String, List<Object>> of(SnapshotFrame frame) {
        FrameValues flat = new FrameValues();
        flat.add("gpus", frame.gpus());
        flat.add("cpus", frame.cpus());
        flat.add("memory", frame.memory());
        flat.add("chassis", frame.chassis());
        flat.add("processes", frame.processes());
        flat.add("storage", frame.storage());
        flat.add("network", frame.network());
        return flat.values;
    }

    private void add(String path, @Nullable Object value) {
        if (value instanceof Record row) {
            for (RecordComponent component : COMPONENTS.get(row.getClass())) {
                add(path + "." + component.getName(), get(component, row));
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(path + "[" + identity(list.get(i), i) + "]", list.get(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> add(path + "." + key, element));
        } else if (value != null) {
            values.computeIfAbsent(path, none -> new ArrayList<>(1)).add(value);
        }
    }

    /** What tells the rows of a type apart; others go by their place. */
    private static final Map<Class<?>, Function<Object, Object>> IDENTITIES = Map.of(
            Cpu.class, row -> String.valueOf(((Cpu) row).packageId()),
            LogicalCpu.class, row -> ((LogicalCpu) row).id(),
            Gpu.class, row -> String.valueOf(((Gpu) row).pciBusId()),
            ProcessInfo.class, row -> ((ProcessInfo) row).pid(),
            Temperature.class, row -> ((Temperature) row).sensor() + " " + ((Temperature) row).label(),
            Fan.class, row -> ((Fan) row).sensor() + " " + ((Fan) row).label(),
            PowerSupply.class, row -> ((PowerSupply) row).name(),
            Storage.class, row -> ((Storage) row).mountPoint(),
            Network.class, row -> ((Network) row).name());

    private static String identity(Object element, int place) {
        Function<Object, Object> identity = IDENTITIES.get(element.getClass());
        Object name = identity == null ? place : identity.apply(element);
        return name.toString().replaceAll("[^ -~]|]", "?");
    }

    private static @Nullable Object get(RecordComponent component, Object row) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }
}
