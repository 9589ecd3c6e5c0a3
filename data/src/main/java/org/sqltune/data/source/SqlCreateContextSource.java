package org.sqltune.data.source;

import java.nio.file.Path;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.Wanted;
import org.sqltune.data.split.Splits;

/**
 * <a href="https://huggingface.co/datasets/b-mc2/sql-create-context">sql-create-context</a>: a JSON array of {@code
 * question}, {@code context} (CREATE TABLE statements) and {@code answer}. It is derived from WikiSQL and Spider, so
 * scores on these are meaningless after training on it.
 */
public final class SqlCreateContextSource implements ExampleSource {
    private final PublishedFiles files;

    /**
     * @param path its file, or a folder or archive that contains it
     * @param remedy where to get it, for error messages
     * @param skipBad whether to skip and count broken rows
     */
    public SqlCreateContextSource(Path path, String remedy, boolean skipBad) {
        this.files = new PublishedFiles(path, remedy, skipBad);
    }

    @Override
    public String name() {
        return "sql_create_context";
    }

    @Override
    public Splits<Example> prepare() {
        return files.read(
                        Wanted.of("id", "question", "context", "answer"),
                        (row, intake) -> new Example(
                                row.id(),
                                "",
                                row.filledText("question"),
                                new VerbatimSchema(row.filledText("context")),
                                row.sql("answer")))
                .withNote(
                        "sql-create-context is made of WikiSQL and Spider: don't report scores on these after training"
                                + " on it.");
    }
}
