package org.sqltune.workflow;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns about empty answers of a model, since an empty line of output looks like a bug. */
public final class EmptyAnswers {
    private static final Logger log = LoggerFactory.getLogger(EmptyAnswers.class);

    private EmptyAnswers() {}

    /** Logs the number of empty answers in one line, if there are any. */
    public static void tell(List<String> answers) {
        long empty = answers.stream().filter(String::isBlank).count();
        if (empty > 0) {
            log.warn(
                    "{} of {} answers {} empty: the model ended at once, or wrote no SQL. Ask in other words, or check that"
                            + " adapter, base and prompt format belong together",
                    empty,
                    answers.size(),
                    empty == 1 ? "is" : "are");
        }
    }
}
