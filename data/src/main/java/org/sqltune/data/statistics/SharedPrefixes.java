package org.sqltune.data.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds for each prompt the longest beginning, in whole lines, that it shares with a different prompt of the set. For
 * prompts of one template that is instruction and schema.
 */
final class SharedPrefixes {
    private final Map<String, Integer> lengths = new HashMap<>();

    SharedPrefixes(Collection<String> prompts) {
        // In sorted order, the prompt with the longest common prefix is a neighbour.
        String[] sorted = prompts.stream().distinct().toArray(String[]::new);
        Arrays.sort(sorted);
        int withPrevious = 0;
        for (int i = 0; i < sorted.length; i++) {
            int withNext = i + 1 < sorted.length ? commonLines(sorted[i], sorted[i + 1]) : 0;
            lengths.put(sorted[i], Math.max(withPrevious, withNext));
            withPrevious = withNext;
        }
    }

    /** Returns the shared beginning of {@code prompt}, which must be in the set; empty if there is none. */
    String of(String prompt) {
        return prompt.substring(0, lengths.getOrDefault(prompt, 0));
    }

    private static int commonLines(String a, String b) {
        int end = Math.min(a.length(), b.length());
        int i = 0;
        while (i < end && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i == 0 ? 0 : a.lastIndexOf('\n', i - 1) + 1;
    }
}
