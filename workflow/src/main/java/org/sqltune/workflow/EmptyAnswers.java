package org.sqltune.workflow;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a model answered with nothing: an empty line of output reads like a mistake of the program. */
public final class EmptyAnswers {
    private static final Logger log = LoggerFactory.getLogger(EmptyAnswers.class);

    private EmptyAnswers() {}

    /** Says in one line how many answers are empty; says nothing if none is. */
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
