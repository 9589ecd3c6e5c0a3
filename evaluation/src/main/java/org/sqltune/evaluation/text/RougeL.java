package org.sqltune.evaluation.text;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * ROUGE-L (Lin 2004) as Google's rouge_score computes it: the F1 of the longest common subsequence of words, where a
 * word is a run of ASCII letters and digits in lower case, not stemmed.
 */
public final class RougeL {
    /** The score's name in reports. */
    public static final String NAME = "rouge_l";

    /** The score's definition in reports. */
    public static final String RULE = "rougeL F1 of rouge_score without stemmer, mean over questions, from 0 to 1";

    private RougeL() {}

    /** Returns the score of one prediction, from 0 to 1; 0 if either text has no words. */
    public static double f1(String reference, String prediction) {
        String[] wanted = words(reference);
        String[] found = words(prediction);
        if (wanted.length == 0 || found.length == 0) {
            return 0;
        }
        int common = longestCommonSubsequence(wanted, found);
        double precision = (double) common / found.length;
        double recall = (double) common / wanted.length;
        return common == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static String[] words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static int longestCommonSubsequence(String[] a, String[] b) {
        int[] before = new int[b.length + 1];
        for (String word : a) {
            int[] now = new int[b.length + 1];
            for (int j = 1; j <= b.length; j++) {
                now[j] = word.equals(b[j - 1]) ? before[j - 1] + 1 : Math.max(before[j], now[j - 1]);
            }
            before = now;
        }
        return before[b.length];
    }
}
