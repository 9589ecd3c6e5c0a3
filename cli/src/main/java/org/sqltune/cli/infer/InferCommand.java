package org.sqltune.cli.infer;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.text.PrintableText;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.answer.Answer;
import org.sqltune.workflow.answer.AnswerPrompts;
import org.sqltune.workflow.answer.AnswerRequest;
import org.sqltune.workflow.answer.Answers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sqltune infer}: questions to SQL. */
@Command(
        name = "infer",
        description = "Answers questions with SQL: one, a file of them, a few examples, or as you type.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune infer --adapter-path outputs/demo/final_model --db ecommerce --question 'How many orders are there?'",
            "  sqltune infer --adapter-path outputs/demo/final_model --db shop.sqlite --interactive",
            "  sqltune infer --question 'Who earns most?' --schema 'TABLE: staff ( name (text), salary (real) )'",
            "  sqltune infer --questions questions.jsonl --output answers.jsonl",
            "  sqltune infer --adapter-path outputs/demo/final_model --db shop.sqlite --question 'How many?' --print-prompt"
        })
public final class InferCommand implements Callable<Integer> {
    private final Console console;
    private final Workspace workspace;

    @Mixin
    private InferOptions options = new InferOptions();

    /** @param workspace where models and databases are found */
    public InferCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        InferOptions.Task task = options.task;
        AnswerRequest request = options.request();
        Answer answer = new Answer(workspace);
        if (task.question != null) {
            answer.requireTables(request);
        } else if (task.interactive) {
            answer.requireDatabase(request);
        }
        new NamedPaths().file("--questions", task.questions).check();
        if (options.printsPrompt()) {
            printPrompts(task, answer.prompts(request));
            return ExitCodes.DONE;
        }
        try (TaskDisplay tasks = new TaskDisplay(console);
                Answers answers = answer.open(request, tasks)) {
            return answer(task, answers);
        }
    }

    /** Nothing is added to a prompt, not even a line break: what is printed is what the model would get. */
    private void printPrompts(InferOptions.Task task, AnswerPrompts prompts) {
        if (task.question != null) {
            console.out().print(prompts.prompt(task.question));
            console.out().flush();
        } else if (task.questions != null) {
            prompts.writeFile(task.questions, options.output, writer());
        }
    }

    private int answer(InferOptions.Task task, Answers answers) {
        if (task.question != null) {
            SqlPrediction answer = answers.predict(task.question);
            console.out().println(answer.sql());
            remark(answers, List.of(answer));
            return answer.sql().isBlank() ? ExitCodes.FAILED : ExitCodes.DONE;
        } else if (task.questions != null) {
            remark(answers, answers.answerFile(task.questions, options.output, writer()));
        } else if (task.interactive) {
            return answers.converse();
        } else {
            answers.answerExamples().forEach(this::print);
        }
        return ExitCodes.DONE;
    }

    private void remark(Answers answers, List<SqlPrediction> given) {
        answers.remarks(given).forEach(console.err()::println);
    }

    private PrintWriter writer() {
        return new PrintWriter(console.out(), false, StandardCharsets.UTF_8);
    }

    /** A question as a comment above its answer. */
    private void print(Answers.Answered each) {
        String question = each.question().databaseId() + ": " + each.question().question();
        console.out().println("-- " + PrintableText.oneLine(question));
        console.out().println(each.answer().sql() + ";");
    }
}
