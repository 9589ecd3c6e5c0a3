package org.sqltune.data.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.AtomicFiles;

/**
 * Result of verifying a data set's folder.
 *
 * @param folder the folder, unpacked
 * @param files its files of rows
 * @param databases its databases
 */
public record Verification(Path folder, List<VerifiedFile> files, VerifiedDatabases databases) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public Verification {
        files = List.copyOf(files);
    }

    /** Returns whether nothing is broken. */
    public boolean isWhole() {
        return !files.isEmpty()
                && files.stream().allMatch(VerifiedFile::isWhole)
                && databases.faults().isEmpty();
    }

    /**
     * Writes all of it as JSON, what is called a download summary.
     *
     * @param dataset the data set's name
     * @throws org.sqltune.core.SqlTuneException if it can't be written
     */
    public void write(String dataset, Path file) {
        ObjectNode summary = MAPPER.createObjectNode()
                .put("dataset", dataset)
                .put("folder", folder.toString())
                .put("whole", isWhole());
        summary.set("files", MAPPER.valueToTree(files));
        summary.set("databases", MAPPER.valueToTree(databases));
        AtomicFiles.write(file, out -> out.write(MAPPER.writeValueAsBytes(summary)));
    }

    /**
     * Result of verifying a file of rows.
     *
     * @param file its name below the data set's folder
     * @param bytes its size
     * @param sha256 of its bytes, in hexadecimal digits
     * @param rows rows that can be read
     * @param publishedRows rows that the data set has as published; null if that isn't known
     * @param faults rows, or ends of files, that can't be read
     * @param firstFault the first of them in words; empty if there is none
     */
    public record VerifiedFile(
            String file,
            long bytes,
            String sha256,
            int rows,
            @Nullable Integer publishedRows,
            int faults,
            String firstFault) {
        /** Returns whether every row can be read, and as many are there as were published. */
        public boolean isWhole() {
            return faults == 0 && (publishedRows == null || publishedRows == rows);
        }
    }

    /**
     * Result of verifying the databases of a data set.
     *
     * @param databases how many there are
     * @param tables tables of those that can be read
     * @param faults one line on each database that can't be read
     */
    public record VerifiedDatabases(int databases, int tables, List<String> faults) {
        public VerifiedDatabases {
            faults = List.copyOf(faults);
        }
    }
}
