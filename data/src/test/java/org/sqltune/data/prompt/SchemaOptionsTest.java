package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class SchemaOptionsTest {
    private static final Schema MUSIC = new Schema(
            "music",
            List.of(
                    new Table(
                            "singer",
                            List.of(
                                    new Column("id", "integer", true),
                                    new Column("name", "text", false, "stage name", List.of("Joe", "O'Neil")))),
                    new Table(
                            "concert",
                            List.of(new Column("singer_id", "integer", false), new Column("year", "text", false)))),
            List.of(new ForeignKey("concert", "singer_id", "singer", "id")));

    @Test
    void tableLinesShowWhatIsAskedFor() {
        assertThat(written(SchemaFormat.TABLE, new SchemaSettings(true, true, true, 1, null)))
                .isEqualTo("""
                        TABLE: singer ( id (integer, primary key), name (text) [stage name; e.g. 'Joe'] )
                        TABLE: concert ( singer_id (integer), year (text) )
                        FOREIGN KEY: concert.singer_id = singer.id""");
    }

    @Test
    void compactLinesHaveNamesAndWhatIsAskedFor() {
        assertThat(written(SchemaFormat.COMPACT, SchemaSettings.DEFAULTS)).isEqualTo("""
                        singer(id, name [e.g. 'Joe', 'O''Neil'])
                        concert(singer_id, year)""");
        assertThat(written(SchemaFormat.COMPACT, new SchemaSettings(true, true, true, 0, null)))
                .isEqualTo("""
                        singer(id*, name [stage name])
                        concert(singer_id, year)
                        concert.singer_id -> singer.id""");
    }

    @Test
    void createTableShowsKeysUnlessToldNotTo() {
        assertThat(written(SchemaFormat.CREATE_TABLE, new SchemaSettings(false, false, true, 2, null)))
                .isEqualTo("""
                        CREATE TABLE singer (id integer, name text /* stage name; e.g. 'Joe', 'O''Neil' */);
                        CREATE TABLE concert (singer_id integer, year text);""");
        assertThat(written(SchemaFormat.CREATE_TABLE, SchemaSettings.DEFAULTS))
                .contains("PRIMARY KEY")
                .contains("FOREIGN KEY");
    }

    @Test
    void aLargeSchemaIsShortenedToWhatTheQuestionSpeaksOf() {
        SchemaSerializer serializer = new SchemaSerializer(
                SchemaFormat.COMPACT, new SchemaSettings(null, null, false, 0, 5), TokenEstimate::of);
        assertThat(serializer.serialize(MUSIC, "In which years were there concerts?"))
                .isEqualTo("concert(singer_id, year)");
        assertThat(serializer.serialize(MUSIC)).contains("singer(id, name)");
    }

    @Test
    void tablesBetweenThoseThatAreSpokenOfStay() {
        Schema chain = new Schema(
                "chain",
                List.of(
                        new Table("author", List.of(new Column("id", "", true), new Column("fame", "", false))),
                        new Table("wrote", List.of(new Column("author", "", false), new Column("book", "", false))),
                        new Table("book", List.of(new Column("id", "", true), new Column("pages", "", false))),
                        new Table("shelf", List.of(new Column("length", "", false)))),
                List.of(
                        new ForeignKey("wrote", "author", "author", "id"),
                        new ForeignKey("wrote", "book", "book", "id")));
        SchemaSerializer serializer = new SchemaSerializer(
                SchemaFormat.COMPACT, new SchemaSettings(null, null, false, 0, 1), TokenEstimate::of);
        assertThat(serializer.serialize(chain, "Authors and pages of books"))
                .isEqualTo("author(id)\nwrote(author, book)\nbook(id, pages)");
    }

    @Test
    void plainPromptsAreSqlWhateverTheFormatIs() {
        PromptTemplate plain =
                PromptTemplate.of(PromptFormat.PLAIN, SchemaFormat.COMPACT, SchemaSettings.DEFAULTS, TokenEstimate::of);
        assertThat(plain.render(new SqlQuestion("q", "music", "Who?", MUSIC))).startsWith("CREATE TABLE singer");
    }

    private static String written(SchemaFormat format, SchemaSettings settings) {
        return new SchemaSerializer(format, settings, TokenEstimate::of).serialize(MUSIC);
    }
}
