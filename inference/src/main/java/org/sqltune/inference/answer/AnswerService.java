package org.sqltune.inference.answer;

import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.inference.engine.PromptTooLongException;
import org.sqltune.inference.engine.QueueFullException;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.prompt.ModelPrompts;

/**
 * Answers questions, conversations and texts: writes each prompt as the contract of its adapter says, has a runtime continue
 * it, and finds the SQL in what comes. Safe for use by several threads, virtual ones included.
 *
 * <pre>{@code
 * try (AnswerService service = new AnswerService(engine, prompts, text -> tokenizer.encode(text).length)) {
 *     AnswerRequest request = AnswerRequest.of(new AnswerPrompt.Question("How many orders?", schema), settings);
 *     Answer answer = service.submit(request, System.out::print).await();
 * }
 * }</pre>
 */
public final class AnswerService implements AutoCloseable {
    private final TextCompleter completer;
    private final ModelPrompts prompts;
    private final ToIntFunction<String> tokens;

    /** Contracts and databases are looked up in tables that one thread at a time may read. */
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * @param completer continues prompts; closed with this
     * @param prompts writes them
     * @param tokens counts a text's tokens; called only to say what is longest in a prompt that is too long
     */
    public AnswerService(TextCompleter completer, ModelPrompts prompts, ToIntFunction<String> tokens) {
        this.completer = completer;
        this.prompts = prompts;
        this.tokens = tokens;
    }

    /**
     * A request whose prompt is written.
     *
     * @param question what is asked, with the values that were found for it
     * @param template how it is asked, and how answers are read
     * @param text what the runtime gets
     */
    record Prepared(SqlQuestion question, PromptTemplate template, TextRequest text) {
        Prepared withSeed(long seed) {
            return new Prepared(question, template, text.withSeed(seed));
        }
    }

    /**
     * Queues a request.
     *
     * @param listener told how the answer grows
     * @throws PromptTooLongException if the prompt leaves no room for an answer: names its tokens and its longest part
     * @throws QueueFullException if too much waits already
     * @throws SqlTuneException if there is no such adapter, the prompt can't be written, the runtime can't do what is asked,
     *     or this is closed
     */
    public AnswerTicket submit(AnswerRequest request, TextListener listener) {
        return submit(prepare(request), listener);
    }

    /** What the runtime is sent, without sending it. */
    public TextRequest written(AnswerRequest request) {
        return prepare(request).text();
    }

    /** Writes the prompt, without asking anything. */
    Prepared prepare(AnswerRequest request) {
        writing.lock();
        try {
            String adapter = request.adapter().orElse(null);
            PromptTemplate template = prompts.template(adapter);
            SqlQuestion question = prompts.linked(adapter, request.prompt().asQuestion());
            boolean text = request.prompt() instanceof AnswerPrompt.Text;
            String prompt = text ? question.question() : template.render(question);
            TextRequest written = new TextRequest(
                    request.adapter(),
                    prompt,
                    request.decoding(),
                    request.stopTexts(),
                    request.priority(),
                    request.deadline(),
                    request.constraint().of(question),
                    !text && template.isChat(question));
            return new Prepared(question, template, written);
        } finally {
            writing.unlock();
        }
    }

    AnswerTicket submit(Prepared prepared, TextListener listener) {
        try {
            return new AnswerTicket(
                    completer.submit(prepared.text(), listener),
                    answer -> new Answer(
                            answer.candidates().stream()
                                    .map(each -> prepared.template().extractSql(each.text()))
                                    .toList(),
                            answer));
        } catch (PromptTooLongException e) {
            String longest = new PromptParts(prepared.template(), tokens).longest(prepared.question());
            throw new PromptTooLongException(e.tokens(), e.context(), longest);
        }
    }

    /**
     * The prompt of a question.
     *
     * @param adapter which adapter is asked; null for the base
     */
    public String prompt(@Nullable String adapter, SqlQuestion question) {
        writing.lock();
        try {
            return prompts.prompt(adapter, question);
        } finally {
            writing.unlock();
        }
    }

    /** Adapters that requests may name. */
    public Set<String> adapters() {
        return completer.adapters();
    }

    /** Ends every request that has no answer yet, and closes the runtime. */
    @Override
    public void close() {
        completer.close();
    }
}
