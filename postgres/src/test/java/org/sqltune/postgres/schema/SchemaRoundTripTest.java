package org.sqltune.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.postgres.SharedServer;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.proof.PostgresDatabase;
import org.sqltune.postgres.proof.PostgresServer;

/** What is made in PostgreSQL is what was decided, and holds what SQLite held. */
@ExtendWith(SharedServer.class)
class SchemaRoundTripTest {
    @TempDir
    private Path folder;

    @Test
    void typesFollowTheDeclarationAndTheValues(PostgresServer server) {
        Path file = SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS);
        PostgresSchema schema = new SchemaConverter().convert(file);
        try (PostgresDatabase copy = PostgresDatabase.copy(server, schema, file, QueryLimits.DEFAULTS)) {
            assertThat(types(copy, "singer"))
                    .containsExactly(
                            "id integer",
                            "name text",
                            "age integer",
                            "country character varying(20)",
                            "net double precision",
                            "is_male boolean",
                            "born date",
                            "Song Name text",
                            "order integer",
                            "code text",
                            "price numeric(10,2)",
                            "loose text");
            assertThat(types(copy, "concert")).contains("held timestamp without time zone", "tickets bigint");
            assertThat(copy.copied().rows()).isEqualTo(11);
            assertThat(copy.copied().brokenKeys()).isEmpty();
            assertThat(copy.copied().definition()).hasSize(3).last().asString().contains("FOREIGN KEY");
        }
        assertThat(schema.widenedColumns()).containsExactly("singer.loose");
    }

    @Test
    void theDescriptionNamesTypesAndKeysAsPostgresqlDoes() {
        Path file = SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS);
        Schema described = SchemaDescription.of(new SchemaConverter().convert(file));
        assertThat(described.table("SINGER").orElseThrow().columns())
                .anySatisfy(column -> {
                    assertThat(column.name()).isEqualTo("id");
                    assertThat(column.type()).isEqualTo("int");
                    assertThat(column.primaryKey()).isTrue();
                })
                .anySatisfy(column -> assertThat(column.type()).isEqualTo("varchar(20)"));
        assertThat(described.foreignKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.referencedTable()).isEqualTo("singer"));
    }

    @Test
    void hostileNamesAndValuesArriveAsTheyAre(PostgresServer server) {
        String longName = "x".repeat(80);
        Path file = SqliteFiles.make(folder, "hostile", """
                CREATE TABLE "select" ("a""b; DROP" TEXT, "USER" INTEGER, "%s1" TEXT, "%s2" TEXT, "Ünï" TEXT);
                INSERT INTO "select" VALUES ('a,"b"\\N', NULL, '', '\\.', char(0) || 'z')
                """.formatted(longName, longName));
        PostgresSchema schema = new SchemaConverter().convert(file);
        try (PostgresDatabase copy = PostgresDatabase.copy(server, schema, file, QueryLimits.DEFAULTS)) {
            assertThat(copy.execute("SELECT * FROM \"select\"").rows().get(0))
                    .containsExactly("a,\"b\"\\N", null, "", "\\.", "z");
            assertThat(copy.execute("SELECT \"a\"\"b; DROP\", \"USER\" FROM \"select\"")
                            .rows())
                    .hasSize(1);
        }
    }

    @Test
    void keysThatTheDataBreaksAreLeftOut(PostgresServer server) {
        Path file = SqliteFiles.make(folder, "broken", """
                CREATE TABLE a (id TEXT PRIMARY KEY);
                CREATE TABLE b (a_id TEXT REFERENCES a (id), n INTEGER REFERENCES a (id));
                INSERT INTO a VALUES ('x'), (NULL);
                INSERT INTO b VALUES ('nobody', 1)
                """);
        PostgresSchema schema = new SchemaConverter().convert(file);
        assertThat(schema.table("a").orElseThrow().primaryKey()).isEmpty();
        try (PostgresDatabase copy = PostgresDatabase.copy(server, schema, file, QueryLimits.DEFAULTS)) {
            assertThat(copy.copied().brokenKeys()).hasSize(2);
            assertThat(copy.execute("SELECT count(*) FROM b").rows()).containsExactly(List.of(1L));
        }
    }

    @Test
    void aTableThatPostgresqlRefusesIsNamed(PostgresServer server) {
        Path file = SqliteFiles.make(folder, "system", "CREATE TABLE a (ctid TEXT)");
        PostgresSchema schema = new SchemaConverter().convert(file);
        assertThatThrownBy(() -> PostgresDatabase.copy(server, schema, file, QueryLimits.DEFAULTS))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("system")
                .hasMessageContaining("ctid");
    }

    private static List<String> types(PostgresDatabase copy, String table) {
        return copy
                .execute(
                        "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '"
                                + table + "'::regclass AND attnum > 0 ORDER BY attnum")
                .rows()
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }
}
