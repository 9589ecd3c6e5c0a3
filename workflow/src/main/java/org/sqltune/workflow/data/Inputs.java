package org.sqltune.workflow.data;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.data.split.Splits;
import org.sqltune.workflow.RunDataReader;

/** Input checks that several data use cases share. */
final class Inputs {
    private Inputs() {}

    /**
     * Reads the questions of a configuration's data.
     *
     * @param verb the action that needs questions, such as {@code audit}
     * @throws ConfigException if the data is prompts and completions
     */
    static Splits<Example> questions(RunDataReader reader, RunConfig config, String verb) {
        @Nullable Splits<Example> questions = reader.questions(config);
        if (questions == null) {
            throw new ConfigException(
                    "data",
                    List.of("the configuration's data are prompts and completions: to " + verb
                            + ", use rows of db_id, question, schema and sql"));
        }
        return questions;
    }
}
