package org.sqltune.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.postgres.SharedServer;
import org.sqltune.postgres.proof.PostgresServer;

@ExtendWith(SharedServer.class)
class PostgresNamesTest {
    private static final DSLContext WRITER = Postgres.writer();

    @ParameterizedTest
    @CsvSource({
        "name, name",
        "Name, Name",
        "_x1, _x1",
        "song name, \"song name\"",
        "order, \"order\"",
        "Select, \"Select\"",
        "1st, \"1st\"",
        "a-b, \"a-b\"",
        "Ünï, \"Ünï\"",
        "a\"b, \"a\"\"b\"",
        "'', \"_\""
    })
    void onlyWhatMustBeIsQuoted(String name, String written) {
        assertThat(WRITER.render(PostgresNames.of(name))).isEqualTo(written);
    }

    @Test
    void aNameThatIsTooLongIsCutAndStaysItsOwn() {
        Name one = PostgresNames.of("n".repeat(70) + "1");
        Name other = PostgresNames.of("n".repeat(70) + "2");

        assertThat(bytes(one)).isLessThanOrEqualTo(63);
        assertThat(one).isNotEqualTo(other);
        assertThat(PostgresNames.of("n".repeat(70) + "1")).isEqualTo(one);
        assertThat(bytes(PostgresNames.of("ü".repeat(60)))).isLessThanOrEqualTo(63);
        assertThat(bytes(PostgresNames.of("n".repeat(63)))).isEqualTo(63);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "Name",
                "song name",
                "order",
                "user",
                "end",
                "1st",
                "a-b",
                "Ünï",
                "a\"b",
                "a'b",
                "a;b",
                "a\\b",
                "%s",
                "?",
                "$1",
                "é",
                "😀",
                "table",
                "offset",
                "window",
                "rows",
                "value",
                "key",
                "type",
                "groups",
                "system_user"
            })
    void postgresqlTakesTheNameAndKeepsIt(String name, PostgresServer server) throws SQLException {
        String written = WRITER.render(PostgresNames.of(name));
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            // The driver would take a question mark for a parameter elsewhere; in quotes it doesn't.
            try (ResultSet rows = statement.executeQuery("SELECT 1 AS " + written)) {
                String kept = rows.getMetaData().getColumnName(1);

                assertThat(kept).isEqualToIgnoringCase(name);
                assertThat(written.startsWith("\"") ? kept : name).isEqualTo(name);
            }
        }
    }

    private static int bytes(Name name) {
        return String.valueOf(name.last()).getBytes(StandardCharsets.UTF_8).length;
    }
}
