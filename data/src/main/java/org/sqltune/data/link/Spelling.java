package org.sqltune.data.link;

/** Tests whether two words differ by one typing error. */
final class Spelling {
    private Spelling() {}

    /**
     * Returns whether one inserted, missing or replaced letter, or two swapped neighbours, makes the words equal;
     * false if they are equal.
     */
    static boolean differsByOne(String one, String other) {
        String shorter = one.length() <= other.length() ? one : other;
        String longer = one.length() <= other.length() ? other : one;
        int head = 0;
        while (head < shorter.length() && shorter.charAt(head) == longer.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter.length() - head
                && shorter.charAt(shorter.length() - 1 - tail) == longer.charAt(longer.length() - 1 - tail)) {
            tail++;
        }
        int left = shorter.length() - head - tail;
        if (longer.length() - shorter.length() == 1) {
            return left == 0;
        }
        boolean swapped = left == 2
                && shorter.charAt(head) == longer.charAt(head + 1)
                && shorter.charAt(head + 1) == longer.charAt(head);
        return longer.length() == shorter.length() && (left == 1 || swapped);
    }
}
