package org.sqltune.data.source;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.prompt.answer.GeneratedSql;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.Wanted;
import org.sqltune.data.split.Splits;

/**
 * Gretel's <a href="https://huggingface.co/datasets/gretelai/synthetic_text_to_sql">synthetic_text_to_sql</a>, as the
 * published Parquet files, or as JSON Lines, JSON or CSV. Of its eleven columns ({@code id}, {@code domain}, {@code
 * domain_description}, {@code sql_complexity}, {@code sql_complexity_description}, {@code sql_task_type}, {@code
 * sql_task_type_description}, {@code sql_prompt}, {@code sql_context}, {@code sql}, {@code sql_explanation}) the
 * descriptions, which are equal for all rows of a kind, aren't read. Rows with several statements are left out, since
 * answers are single statements.
 */
public final class GretelSource implements ExampleSource {
    private static final Pattern QUERY = Pattern.compile("[(\\s]*(?:SELECT|WITH|VALUES)\\b", Pattern.CASE_INSENSITIVE);

    private static final Wanted WANTED =
            Wanted.of("id", "domain", "sql_complexity", "sql_prompt", "sql_context", "sql", "sql_explanation");

    private final PublishedFiles files;

    /** @param path a training file, or a folder with files whose names contain {@code train} and {@code test} */
    public GretelSource(Path path) {
        this(path, "", false);
    }

    /**
     * @param path a training file, an archive, or a folder with files whose names contain {@code train} and {@code
     *     test}
     * @param remedy where to get them, for error messages
     * @param skipBad whether to skip and count broken rows
     */
    public GretelSource(Path path, String remedy, boolean skipBad) {
        this.files = new PublishedFiles(path, remedy, skipBad);
    }

    @Override
    public String name() {
        return "gretel";
    }

    @Override
    public Splits<Example> prepare() {
        int[] noQueries = new int[1];
        Splits<Example> splits = files.read(WANTED, (row, intake) -> {
            Example example = example(row);
            if (!GeneratedSql.firstStatement(example.sql()).equals(example.sql())) {
                intake.reject("whose SQL isn't one plain statement");
                return null;
            }
            noQueries[0] += QUERY.matcher(example.sql()).lookingAt() ? 0 : 1;
            return example;
        });
        return noQueries[0] == 0
                ? splits
                : splits.withNote(
                        noQueries[0] + " rows change data or tables; they can be trained on but not executed.");
    }

    private static Example example(JsonRow row) {
        return new Example(
                row.id(),
                "",
                row.filledText("sql_prompt"),
                new VerbatimSchema(row.text("sql_context")),
                row.sql("sql"),
                null,
                row.has("sql_explanation") ? row.text("sql_explanation") : null,
                new QuestionContext(row.textOr("domain", ""), row.textOr("sql_complexity", "")));
    }
}
