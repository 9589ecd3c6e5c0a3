package org.sqltune.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;

class DeclaredSchemaTest {
    @TempDir
    private Path folder;

    @Test
    void tablesColumnsAndKeysAreReadFromTheStatements() {
        Schema schema = DeclaredSchema.read(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, \"full name\" TEXT);\n"
                        + "CREATE TABLE b (a_id INTEGER REFERENCES a(id));",
                "shop");

        assertThat(schema.databaseId()).isEqualTo("shop");
        assertThat(schema.tables()).extracting(Table::name).containsExactly("a", "b");
        assertThat(schema.foreignKeys()).containsExactly(new ForeignKey("b", "a_id", "a", "id"));
    }

    @Test
    void whatSqliteRefusesIsNamedAndNoFileIsTouched() {
        assertThatThrownBy(() -> DeclaredSchema.read("CREATE TABLE (", "shop"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("The schema of shop isn't SQL");
        Path file = folder.resolve("stolen.sqlite");
        assertThatThrownBy(() -> DeclaredSchema.read("ATTACH '" + file + "' AS x; CREATE TABLE x.t (a)", "shop"))
                .isInstanceOf(SqlTuneException.class);
        assertThat(Files.exists(file)).isFalse();
    }
}
