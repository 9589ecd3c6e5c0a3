package org.sqltune.workflow.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.ConfigException;

class GivenSchemaTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TABLE: staff ( name (text), salary (real) )",
                "table: staff (name (text))",
                "VIEW: seniors ( name )",
                "CREATE TABLE staff (name TEXT)",
                "-- the staff\ncreate temp table staff (name text);",
                "CREATE VIEW seniors AS SELECT 1",
                "staff(id*, name [the full name])",
                "\"my staff\"(id, name)\nstaff.boss -> staff.id"
            })
    void everyFormThatPromptsShowIsASchema(String text) {
        assertThat(GivenSchema.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nofile.sql", "staff", "SELECT name FROM staff", "which tables?", "CREATE INDEX i ON t (a)", ""})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> GivenSchema.of(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--schema: " + text)
                .hasMessageContaining("CREATE TABLE");
    }

    @Test
    void aFileIsReadAndAMistypedOneSuggested() throws IOException {
        Path file = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE staff (name TEXT)");
        assertThat(GivenSchema.of(file.toString()).text()).isEqualTo("CREATE TABLE staff (name TEXT)");
        assertThatThrownBy(() -> GivenSchema.of(folder.resolve("shcema.sql").toString()))
                .hasMessageContaining("is neither a file nor a schema")
                .hasMessageEndingWith("; did you mean " + file + "?");
        Path other = Files.writeString(folder.resolve("notes.txt"), "ask Ada");
        assertThatThrownBy(() -> GivenSchema.of(other.toString())).hasMessageContaining(other + " holds no schema");
    }
}
