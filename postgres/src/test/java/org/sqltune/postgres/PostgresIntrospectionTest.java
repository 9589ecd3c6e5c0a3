package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.postgres.proof.PostgresServer;

@ExtendWith(SharedServer.class)
class PostgresIntrospectionTest {
    @Test
    void typesKeysCommentsAndValuesAreRead(PostgresServer server) throws SQLException {
        String url;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            url = connection.getMetaData().getURL();
            statement.execute("CREATE SCHEMA my_shop");
            statement.execute("SET search_path TO my_shop");
            statement.execute("CREATE TABLE city (id integer PRIMARY KEY, name varchar(20))");
            statement.execute(
                    "CREATE TABLE \"the_order\" (\"select\" text, home integer REFERENCES city (id), paid numeric)");
            statement.execute("CREATE TABLE \"thexorder\" (other date)");
            statement.execute("COMMENT ON COLUMN \"the_order\".home IS 'where it goes'");
            statement.execute("INSERT INTO city VALUES (1, 'Rom'), (2, 'Oslo')");
        }

        Schema schema = new DatabaseIntrospection(5)
                .read(url + (url.contains("?") ? "&" : "?") + "user=postgres&currentSchema=my_shop");

        assertThat(schema.table("city").orElseThrow().columns())
                .containsExactly(
                        new Column("id", "int4", true, "", List.of("1", "2")),
                        new Column("name", "varchar", false, "", List.of("Rom", "Oslo")));
        assertThat(schema.table("the_order").orElseThrow().columns())
                .containsExactly(
                        new Column("select", "text", false),
                        new Column("home", "int4", false).withComment("where it goes"),
                        new Column("paid", "numeric", false));
        assertThat(schema.foreignKeys()).containsExactly(new ForeignKey("the_order", "home", "city", "id"));
        assertThat(schema.tables()).hasSize(3);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> new DatabaseIntrospection(0)
                        .read("jdbc:postgresql://127.0.0.1:1/shop?user=me&password=secret&connectTimeout=1"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("127.0.0.1:1/shop")
                .hasMessageNotContaining("secret");
    }
}
