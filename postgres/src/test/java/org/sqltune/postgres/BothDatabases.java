package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.postgres.proof.PostgresDatabase;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.QueryProof;
import org.sqltune.postgres.proof.RejectReason;
import org.sqltune.postgres.proof.Verdict;
import org.sqltune.postgres.query.QueryTranslator;
import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.schema.SchemaConverter;

/** A database in SQLite and its copy in PostgreSQL, which answer the same queries. */
public final class BothDatabases implements AutoCloseable {
    /** A column for each kind of value, with what is awkward in each: NULLs, signs, zeros, texts that look like numbers. */
    public static final String KINDS = """
            CREATE TABLE v (id INTEGER PRIMARY KEY, n INTEGER, big BIGINT, r REAL, dec DECIMAL(8,2), flag BOOLEAN,
              t TEXT, digits TEXT, loose INTEGER, day DATE, moment DATETIME);
            INSERT INTO v VALUES
              (1, 3, 5000000000, 1.5, 2.25, 1, 'ann', '3', 3, '2014-02-28', '2014-02-28 23:59:59'),
              (2, -7, -1, -0.5, 10, 0, 'Ann', '10', 'x', '2016-02-29', '2016-02-29 00:00:00'),
              (3, 0, 0, 0.0, 0, 1, '', '-2', NULL, '1999-12-31', '1999-12-31 12:30:15'),
              (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL, NULL),
              (5, 3, 12, 2.0, 3.5, 0, 'o''hara_%', '3', 'ann', '2014-02-28', '2014-03-01 06:00:00'),
              (6, 41, 3, 7.25, 41.01, 1, 'Zoë x', '41', 41, '2020-01-31', '2020-01-31 18:45:00')""";

    /** The columns of {@link #KINDS} but the key. */
    public static final List<String> COLUMNS =
            List.of("n", "big", "r", "dec", "flag", "t", "digits", "loose", "day", "moment");

    /** What an honest conversion may end with: it says that it doesn't know the construct, or a tie has two outcomes. */
    private static final Set<RejectReason> HONEST =
            EnumSet.of(RejectReason.CONVERSION, RejectReason.FREE_ROW_OF_GROUP, RejectReason.TIED_LIMIT);

    private final SqliteExecutor sqlite;
    private final PostgresDatabase postgres;
    private final QueryProof proof;

    private BothDatabases(SqliteExecutor sqlite, PostgresDatabase postgres, QueryProof proof) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.proof = proof;
    }

    /** Makes the database with a script and copies it. */
    public static BothDatabases of(PostgresServer server, Path folder, String script) {
        QueryLimits limits = QueryLimits.DEFAULTS.with(5, 1000);
        Path file = SqliteFiles.make(folder, "both", script);
        PostgresSchema schema = new SchemaConverter().convert(file);
        SqliteExecutor sqlite = SqliteExecutor.open(file, limits);
        PostgresDatabase postgres = PostgresDatabase.copy(server, schema, file, limits);
        return new BothDatabases(sqlite, postgres, new QueryProof(new QueryTranslator(schema), sqlite, postgres));
    }

    public Verdict prove(String sql) {
        return proof.prove(sql);
    }

    /** The query is converted, and both return the same rows, of which there are some. */
    public void assertProved(String sql) {
        Verdict verdict = proof.prove(sql);
        assertThat(verdict.reason())
                .as("%s%n%s%n%s", sql, verdict.sql(), verdict.detail())
                .isNull();
        assertThat(sqlite.execute(sql).rows()).as(sql).isNotEmpty();
    }

    /** The query is proved, or refused with a reason: it never returns other rows, nor fails in PostgreSQL. */
    public boolean assertProvedOrRefused(String sql) {
        Verdict verdict = proof.prove(sql);
        assertThat(verdict.isProved() || HONEST.contains(verdict.reason()))
                .as("%s: %s%n%s%n%s", verdict.reason(), sql, verdict.sql(), verdict.detail())
                .isTrue();
        return verdict.isProved();
    }

    @Override
    public void close() {
        postgres.close();
        sqlite.close();
    }
}
