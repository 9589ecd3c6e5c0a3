package org.sqltune.workflow.verify;

import java.util.List;
import org.sqltune.core.example.Example;
import org.sqltune.inference.engine.TextRequest;

/**
 * What the model itself made of a question.
 *
 * @param example the question
 * @param request the prompt
 * @param prompt its tokens
 * @param ids tokens of the answer, without the one that ended it
 * @param texts the text after so many of them, beginning with none
 * @param ended whether the model ended it, rather than the limit of tokens
 */
record OwnAnswer(Example example, TextRequest request, long[] prompt, long[] ids, List<String> texts, boolean ended) {
    OwnAnswer {
        texts = List.copyOf(texts);
    }

    /** All of it. */
    String text() {
        return texts.get(ids.length);
    }
}
