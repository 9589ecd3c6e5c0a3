package org.sqltune.data.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.core.text.Failures;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.verify.Verification.VerifiedDatabases;

/** Opens SQLite databases, reads their schemas and all rows of their tables. */
final class DatabaseCheck {
    /** Larger databases are only opened, since reading gigabytes takes minutes. */
    private static final long READ_UP_TO = 100L << 20;

    private static final double SECONDS_A_TABLE = 10;

    VerifiedDatabases check(List<Path> files) {
        int tables = 0;
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            try {
                tables += check(file);
            } catch (SqlTuneException e) {
                faults.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                faults.add("Can't read " + file + ": " + Failures.reason(e) + "; check the path");
            }
        }
        return new VerifiedDatabases(files.size(), tables, faults);
    }

    private static int check(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new SqlTuneException(file + " is empty: fetch it again");
        }
        Schema schema = new DatabaseIntrospection(0).read(file.toString());
        if (Files.size(file) > READ_UP_TO) {
            return schema.tables().size();
        }
        QueryLimits limits = QueryLimits.DEFAULTS.with(SECONDS_A_TABLE, 1);
        try (SqliteExecutor executor = SqliteExecutor.open(file, limits)) {
            for (Table table : schema.tables()) {
                try {
                    executor.execute("SELECT count(*) FROM " + SqlIdentifiers.quoted(table.name()));
                } catch (SqlTuneException e) {
                    throw new SqlTuneException(
                            file + ": table " + table.name() + " can't be read: " + e.getMessage(), e);
                }
            }
        }
        return schema.tables().size();
    }
}
