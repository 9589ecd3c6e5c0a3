package org.sqltune.data.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/**
 * Reads a Parquet file row by row. It reads only the pages of the wanted columns, and verifies their checksums if the
 * file has them. Not thread-safe.
 */
public final class ParquetTable implements Closeable {
    /** The length of the magic number at both ends of the file, in bytes. */
    private static final int MAGIC = 4;

    private final Path file;
    private final ParquetFileReader reader;
    private final List<String> columns;
    private final MessageType asked;
    private final MessageColumnIO columnIo;
    private @Nullable RecordReader<ObjectNode> rows;
    private long left;
    private long number;
    private @Nullable String fault;

    private ParquetTable(Path file, ParquetFileReader reader, MessageType asked) {
        MessageType all = reader.getFileMetaData().getSchema();
        this.file = file;
        this.reader = reader;
        this.columns = all.getFields().stream().map(Type::getName).toList();
        this.asked = asked;
        this.columnIo = new ColumnIOFactory(reader.getFileMetaData().getCreatedBy()).getColumnIO(asked, all);
    }

    /**
     * Opens a file.
     *
     * @param wanted selects the columns to read, by name
     * @throws SqlTuneException if it isn't a complete Parquet file
     */
    public static ParquetTable open(Path file, Predicate<String> wanted) {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .usePageChecksumVerification()
                .build();
        ParquetFileReader reader = null;
        try {
            LocalInputFile input = new LocalInputFile(file);
            reader = ParquetFileReader.open(input, options);
            MessageType all = reader.getFileMetaData().getSchema();
            MessageType asked = new MessageType(
                    all.getName(),
                    all.getFields().stream()
                            .filter(field -> wanted.test(field.getName()))
                            .toList());
            reader.setRequestedSchema(asked);
            requirePlaces(reader, asked, input.getLength());
            return new ParquetTable(file, reader, asked);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            close(reader);
            throw ParquetFaults.ofFile(file, e);
        }
    }

    private static void close(@Nullable ParquetFileReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                // The error that is being reported matters more.
            }
        }
    }

    /**
     * Requires that every page of these columns is inside the file, since memory is allocated before pages are read.
     */
    private static void requirePlaces(ParquetFileReader reader, MessageType asked, long length) throws IOException {
        Set<String> names = new HashSet<>();
        asked.getFields().forEach(field -> names.add(field.getName()));
        for (BlockMetaData block : reader.getRowGroups()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                if (names.contains(chunk.getPath().toArray()[0])) {
                    long start = chunk.getStartingPos();
                    if (start < MAGIC || chunk.getTotalSize() < 0 || chunk.getTotalSize() > length - MAGIC - start) {
                        throw new PageException("its footer names places outside of the file");
                    }
                }
            }
        }
    }

    /** Returns all columns of the file in order, including those that aren't read. */
    public List<String> columns() {
        return columns;
    }

    /** Returns the columns that are read. */
    public List<String> asked() {
        return asked.getFields().stream().map(Type::getName).toList();
    }

    /** Returns the number of rows according to the footer. */
    public long rowCount() {
        return reader.getRecordCount();
    }

    /**
     * Returns the next row, with null for missing values; null at the end of the file.
     *
     * @throws SqlTuneException if it can't be read; then later rows can't be read either
     */
    public @Nullable ObjectNode next() {
        number++;
        fault = null;
        try {
            while (left == 0) {
                PageReadStore pages = reader.readNextRowGroup();
                if (pages == null) {
                    return null;
                }
                left = pages.getRowCount();
                rows = columnIo.getRecordReader(pages, new Rows());
            }
            left--;
            ObjectNode row = rows == null ? null : rows.read();
            return row == null ? JsonNodeFactory.instance.objectNode() : row;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            throw ParquetFaults.ofRow(file, number, e);
        }
    }

    /**
     * Returns the fault of the row that {@link #next} returned; null if there is none. Later rows can still be read.
     */
    public @Nullable String fault() {
        return fault;
    }

    @Override
    public void close() {
        close(reader);
    }

    private final class Rows extends RecordMaterializer<ObjectNode> {
        private final List<JsonNode> row = new ArrayList<>();
        private final GroupConverter root = JsonConverters.struct(asked, row::add, problem -> fault = problem);

        @Override
        public ObjectNode getCurrentRecord() {
            ObjectNode current = (ObjectNode) row.get(0);
            row.clear();
            return current;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }
}
