package org.sqltune.training.tracking;

import com.google.common.hash.Hashing;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Writes TensorBoard's event records. A record is its length, a masked CRC-32C of the length, the {@code Event} and a
 * masked CRC-32C of that (tensorflow.org/tutorials/load_data/tfrecord); the field numbers are those of event.proto,
 * summary.proto and tensor.proto in github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto.
 */
final class TensorBoardEvents {
    private static final int CRC_MASK = 0xa282ead8;
    private static final int DT_STRING = 7;
    private static final int SESSION_START = 1;

    private final OutputStream out;

    /** @param out receives the records, one write per record */
    TensorBoardEvents(OutputStream out) {
        this.out = out;
    }

    /** Protocol buffer fields. */
    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    /** Writes the record that every file begins with. */
    void fileVersion(double seconds) throws IOException {
        event(seconds, 0, event -> event.writeString(3, "brain.Event:2"));
    }

    /** Writes a record that voids earlier records of this and later steps, because a resumed run repeats them. */
    void sessionStart(double seconds, long step) throws IOException {
        event(seconds, step, event -> message(event, 7, session -> session.writeEnum(1, SESSION_START)));
    }

    /** Writes numbers by tag. */
    void scalars(double seconds, long step, Map<String, Double> values) throws IOException {
        event(
                seconds,
                step,
                event -> message(event, 5, summary -> {
                    for (Map.Entry<String, Double> each : values.entrySet()) {
                        message(summary, 1, value -> {
                            value.writeString(1, each.getKey());
                            value.writeFloat(2, each.getValue().floatValue());
                        });
                    }
                }));
    }

    /** Writes a Markdown text. */
    void text(double seconds, long step, String tag, String markdown) throws IOException {
        event(
                seconds,
                step,
                event -> message(
                        event,
                        5,
                        summary -> message(summary, 1, value -> {
                            value.writeString(1, tag + "/text_summary");
                            message(value, 8, tensor -> {
                                tensor.writeEnum(1, DT_STRING);
                                message(tensor, 2, shape -> message(shape, 2, dimension -> dimension.writeInt64(1, 1)));
                                tensor.writeString(8, markdown);
                            });
                            message(
                                    value,
                                    9,
                                    metadata -> message(metadata, 1, plugin -> plugin.writeString(1, "text")));
                        })));
    }

    private void event(double seconds, long step, Fields content) throws IOException {
        record(bytes(event -> {
            event.writeDouble(1, seconds);
            if (step != 0) {
                event.writeInt64(2, step);
            }
            content.writeTo(event);
        }));
    }

    private void record(byte[] data) throws IOException {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedChecksum(length))
                .put(data)
                .putInt(maskedChecksum(data));
        out.write(record.array());
    }

    /** Masks the checksum, because a CRC of data that contains CRCs is weak. */
    private static int maskedChecksum(byte[] data) {
        int checksum = Hashing.crc32c().hashBytes(data).asInt();
        return Integer.rotateRight(checksum, 15) + CRC_MASK;
    }

    private static void message(CodedOutputStream out, int field, Fields content) throws IOException {
        out.writeByteArray(field, bytes(content));
    }

    private static byte[] bytes(Fields content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
        content.writeTo(coded);
        coded.flush();
        return bytes.toByteArray();
    }
}
