package org.sqltune.data.rows;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.rows.JsonRows.Action;

/**
 * Reads flat Parquet files (<a href="https://parquet.apache.org/docs/file-format/">the format</a>) one row at a time, as
 * objects of strings, numbers and truth values. Null is a key that isn't there, and so is a column of lists or structures:
 * no data set here has one.
 */
final class ParquetRows {
    private static final String UNIT = "row";

    private ParquetRows() {}

    /**
     * Hands every row to {@code action}. Where a page is broken, the file ends: that counts as one broken row more.
     *
     * @throws SqlTuneException if the file is no whole Parquet file or has no rows; and as {@code faults} does
     */
    static void forEach(Path file, RowFaults faults, Action action) {
        try (ParquetReader<ObjectNode, ObjectNode> reader = open(file)) {
            int number = 1;
            ObjectNode object = next(file, number, reader, faults);
            if (object == null && number == 1 && reader.estimateSize() == 0) {
                throw new SqlTuneException(file + " is empty: it needs at least one row");
            }
            while (object != null) {
                faults.row();
                try {
                    action.accept(new JsonRow(file, UNIT, number, object));
                } catch (SqlTuneException fault) {
                    faults.broken(fault);
                }
                number++;
                object = next(file, number, reader, faults);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ParquetReader<ObjectNode, ObjectNode> open(Path file) throws IOException {
        try {
            return ParquetReader.spliterator(file.toFile(), HydratorSupplier.constantly(new Rows()));
        } catch (RuntimeException e) {
            // What the library throws where the footer isn't one.
            throw unreadable(file, e);
        }
    }

    /** The next row; null at the end, and where nothing more can be read. */
    private static @Nullable ObjectNode next(
            Path file, int number, ParquetReader<ObjectNode, ObjectNode> reader, RowFaults faults) {
        ObjectNode[] found = new ObjectNode[1];
        try {
            return reader.tryAdvance(object -> found[0] = object) ? found[0] : null;
        } catch (RuntimeException e) {
            // The library has no exception of its own for damaged pages: codecs and decoders throw what they like.
            faults.row();
            faults.broken(new SqlTuneException(
                    file + " " + UNIT + " " + number + ": can't be read: " + reason(e) + ". Fetch the file again", e));
            return null;
        }
    }

    private static SqlTuneException unreadable(Path file, Exception e) {
        return new SqlTuneException(file + " is no whole Parquet file: " + reason(e) + ". Fetch it again", e);
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause).lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    }

    /** Makes an object of a row's cells. */
    private static final class Rows implements Hydrator<ObjectNode, ObjectNode> {
        @Override
        public ObjectNode start() {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public ObjectNode add(ObjectNode target, String heading, @Nullable Object value) {
            if (value instanceof String text) {
                return target.put(heading, text);
            }
            if (value instanceof Boolean truth) {
                return target.put(heading, truth);
            }
            if (value instanceof Integer || value instanceof Long) {
                return target.put(heading, ((Number) value).longValue());
            }
            if (value instanceof Number number) {
                return target.put(heading, number.doubleValue());
            }
            return value == null ? target : target.put(heading, value.toString());
        }

        @Override
        public ObjectNode finish(ObjectNode target) {
            return target;
        }
    }
}
