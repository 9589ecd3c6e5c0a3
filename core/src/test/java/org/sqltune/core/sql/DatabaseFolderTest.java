package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.SqlExecutionException.Kind;

class DatabaseFolderTest {
    @TempDir
    Path root;

    private DatabaseFolder databases;

    @BeforeEach
    void makeDatabases() {
        databases = new DatabaseFolder(root.resolve("database"));
        TestDatabases.create(root.resolve("database/pets_1/pets_1.sqlite"), "CREATE TABLE pet (id)");
        TestDatabases.create(root.resolve("secret/secret.sqlite"), "CREATE TABLE secret (id)");
    }

    @Test
    void aDatabaseIsFoundByItsName() {
        assertThat(databases.locate("pets_1")).hasValue(root.resolve("database/pets_1/pets_1.sqlite"));
        assertThat(databases.require("pets_1")).isEqualTo(root.resolve("database/pets_1/pets_1.sqlite"));
    }

    @Test
    void aMissingDatabaseIsNamed() {
        assertThat(databases.locate("wta_1")).isEmpty();
        assertThatThrownBy(() -> databases.require("wta_1"))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING_DATABASE))
                .hasMessageContaining("\"wta_1\"")
                .hasMessageContaining("put it at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../secret", "..\\secret", "/etc", "pets_1/../pets_1", "a\0b"})
    void aNameThatLeadsElsewhereIsNoDatabase(String name) {
        assertThat(databases.locate(name)).isEmpty();
    }
}
