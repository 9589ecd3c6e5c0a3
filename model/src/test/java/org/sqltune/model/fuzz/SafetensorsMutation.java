package org.sqltune.model.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Changes of a safetensors file.
 *
 * @param header changes of its JSON, after which the length in front is right again
 * @param bytes changes of the whole after that
 */
public record SafetensorsMutation(List<JsonMutation> header, List<ByteMutation> bytes) {
    /** The changed file. */
    public byte[] apply(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String json = new String(file, 8, length, StandardCharsets.UTF_8);
        for (JsonMutation mutation : header) {
            json = mutation.apply(json);
        }
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOfRange(file, 8 + length, file.length);
        byte[] changed = ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
        for (ByteMutation mutation : bytes) {
            changed = mutation.apply(changed);
        }
        return changed;
    }

    /** One to four changes, mostly of the header. */
    public static Arbitrary<SafetensorsMutation> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, both(1, 1, 0, 0)),
                Tuple.of(3, both(1, 3, 0, 0)),
                Tuple.of(2, both(0, 0, 1, 2)),
                Tuple.of(1, both(1, 2, 1, 2)));
    }

    private static Arbitrary<SafetensorsMutation> both(
            int fewestHeader, int mostHeader, int fewestBytes, int mostBytes) {
        return Combinators.combine(
                        JsonMutation.any().list().ofMinSize(fewestHeader).ofMaxSize(mostHeader),
                        ByteMutation.any().list().ofMinSize(fewestBytes).ofMaxSize(mostBytes))
                .as(SafetensorsMutation::new);
    }
}
