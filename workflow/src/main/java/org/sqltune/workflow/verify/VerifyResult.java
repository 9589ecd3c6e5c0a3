package org.sqltune.workflow.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqltune.core.SqlTuneException;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;

/**
 * How alike a GGUF file in llama.cpp and its model in SqlTune answer.
 *
 * @param file the file
 * @param type its type as users write it, or {@code type 15} for one that SqlTune doesn't write
 * @param model the model's name
 * @param limits what the file has to reach
 * @param texts whether it was looked at as which tokens llama.cpp reads prompts
 * @param answers one for each question
 * @param own how many of the model's answers give the rows of the known queries; of 0 where none could be run
 * @param other how many of the file's
 * @param report the JSON file that says it all
 * @param notes remarks, one sentence each
 */
public record VerifyResult(
        Path file,
        String type,
        String model,
        VerifyLimits limits,
        boolean texts,
        List<VerifiedAnswer> answers,
        Score own,
        Score other,
        Path report,
        List<String> notes) {
    private static final String MET = "met";
    private static final String MISSED = "missed";

    public VerifyResult {
        answers = List.copyOf(answers);
        notes = List.copyOf(notes);
    }

    /** Prompts that both read as the same tokens. */
    public long samePrompts() {
        return answers.stream()
                .filter(each -> each.firstOtherPromptToken() == null)
                .count();
    }

    /** Answers that are the same text. */
    public long sameAnswers() {
        return answers.stream().filter(VerifiedAnswer::same).count();
    }

    /** Tokens that were compared. */
    public int tokens() {
        return answers.stream().mapToInt(VerifiedAnswer::tokens).sum();
    }

    /** The share of tokens that the file chooses as the model does, after the same text; from 0 to 1. */
    public double sameTokens() {
        int same = answers.stream().mapToInt(VerifiedAnswer::sameTokens).sum();
        return tokens() == 0 ? 1 : (double) same / tokens();
    }

    private boolean promptsMet() {
        return !texts || samePrompts() == answers.size();
    }

    private boolean answersMet() {
        return !limits.allAnswers() || sameAnswers() == answers.size();
    }

    private boolean tokensMet() {
        return sameTokens() >= limits.leastTokens();
    }

    /** Whether the file reaches all that it has to. */
    public boolean met() {
        return promptsMet() && answersMet() && tokensMet();
    }

    /** @throws SqlTuneException if the file misses something; names all that it misses, and the first difference */
    public void require() {
        if (met()) {
            return;
        }
        List<String> missed = new ArrayList<>();
        if (!promptsMet()) {
            missed.add((answers.size() - samePrompts()) + " of " + answers.size()
                    + " prompts are other tokens in llama.cpp");
        }
        if (!answersMet()) {
            missed.add((answers.size() - sameAnswers()) + " of " + answers.size() + " answers are others");
        }
        if (!tokensMet()) {
            missed.add(percent(sameTokens()) + " of the tokens are the same, " + percent(limits.leastTokens())
                    + " are needed");
        }
        throw new SqlTuneException(file + " (" + type + ") doesn't answer as " + model + ": "
                + String.join("; ", missed) + ". Export it again from this model, or see " + report);
    }

    /** In a line. */
    public String inWords() {
        return String.format(
                Locale.ROOT,
                "%s in llama.cpp: %d of %d answers are %s's, %s of %d tokens",
                file,
                sameAnswers(),
                answers.size(),
                model,
                percent(sameTokens()),
                tokens());
    }

    /** The table, and remarks. */
    public Summary summary() {
        int all = answers.size();
        List<List<String>> rows = new ArrayList<>();
        if (texts) {
            rows.add(List.of("prompts read as the same tokens", of(samePrompts(), all), "all", met(promptsMet())));
        }
        rows.add(List.of(
                "the same answers",
                of(sameAnswers(), all),
                limits.allAnswers() ? "all" : "-",
                limits.allAnswers() ? met(answersMet()) : ""));
        rows.add(List.of(
                "the same tokens",
                percent(sameTokens()) + " of " + tokens(),
                limits.leastTokens() > 0 ? percent(limits.leastTokens()) : "-",
                limits.leastTokens() > 0 ? met(tokensMet()) : ""));
        if (own.total() > 0) {
            rows.add(List.of("execution accuracy, SqlTune", own.percent() + " of " + own.total(), "-", ""));
            rows.add(List.of("execution accuracy, llama.cpp", other.percent() + " of " + other.total(), "-", ""));
        }
        ReportTable table = new ReportTable(List.of(file.getFileName() + " (" + type + ")", "", "needed", ""), rows);
        return new Summary(List.of(table), remarks());
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        answers.stream()
                .filter(each -> each.firstOtherPromptToken() != null)
                .findFirst()
                .ifPresent(each -> remarks.add("The prompt of question " + each.id() + " is read otherwise from token "
                        + each.firstOtherPromptToken() + " on."));
        answers.stream()
                .filter(each -> each.firstOtherToken() != null)
                .findFirst()
                .ifPresent(each -> remarks.add("Question " + each.id() + ": token " + each.firstOtherToken()
                        + " is the first other one of '" + each.answer().strip() + "'; llama.cpp answers '"
                        + each.other().strip() + "'."));
        remarks.addAll(notes);
        remarks.add("Report: " + report);
        return remarks;
    }

    private static String of(long part, int all) {
        return part + " of " + all;
    }

    private static String met(boolean met) {
        return met ? MET : MISSED;
    }

    /** Rounded down, so that only all are 100 %. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(1000 * share) / 10);
    }
}
