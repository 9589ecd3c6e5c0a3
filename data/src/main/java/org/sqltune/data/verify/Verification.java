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
 * The result of verifying a data set's folder.
 *
 * @param folder the unpacked folder
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

    /** Returns whether everything is intact. */
    public boolean isWhole() {
        return !files.isEmpty()
                && files.stream().allMatch(VerifiedFile::isWhole)
                && databases.faults().isEmpty();
    }

    /**
     * Writes the result as JSON, the download summary.
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
     * The result of verifying a file of rows.
     *
     * @param file its path below the data set's folder
     * @param bytes its size in bytes
     * @param sha256 the SHA-256 of its bytes, in hexadecimal
     * @param rows number of readable rows
     * @param publishedRows the published number of rows; null if unknown
     * @param faults number of rows, or ends of files, that can't be read
     * @param firstFault the description of the first fault; empty if there is none
     */
    public record VerifiedFile(
            String file,
            long bytes,
            String sha256,
            int rows,
            @Nullable Integer publishedRows,
            int faults,
            String firstFault) {
        /** Returns whether every row can be read and their number equals the published one. */
        public boolean isWhole() {
            return faults == 0 && (publishedRows == null || publishedRows == rows);
        }
    }

    /**
     * The result of verifying the databases of a data set.
     *
     * @param databases number of databases
     * @param tables number of tables of readable databases
     * @param faults one line per unreadable database
     */
    public record VerifiedDatabases(int databases, int tables, List<String> faults) {
        public VerifiedDatabases {
            faults = List.copyOf(faults);
        }
    }
}
