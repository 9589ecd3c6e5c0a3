package org.sqltune.data.archive;

import org.sqltune.core.SqlTuneException;

/**
 * Limits on unpacking an archive. They apply to the bytes actually unpacked, whatever the archive's headers state.
 *
 * @param maxEntries maximal number of files and folders
 * @param maxBytes maximal size of all files, in bytes
 * @param maxRatio maximal ratio of the size of all files to the archive's size; checked above {@link #RATIO_FROM}
 *     bytes
 */
public record UnpackingLimits(int maxEntries, long maxBytes, double maxRatio) {
    /** Small archives may contain a file of zeros. */
    static final long RATIO_FROM = 64L << 20;

    /**
     * Enough for the largest published data set (BIRD's training databases, 33 GB); SQLite files compress to between
     * a third and a tenth.
     */
    public static final UnpackingLimits DEFAULTS = new UnpackingLimits(200_000, 64L << 30, 100);

    /** Counts the unpacked content of one archive. */
    static final class Meter {
        private final UnpackingLimits limits;
        private final String archive;
        private final long packedBytes;
        private long bytes;
        private int entries;

        Meter(UnpackingLimits limits, String archive, long packedBytes) {
            this.limits = limits;
            this.archive = archive;
            this.packedBytes = packedBytes;
        }

        void entry() {
            if (++entries > limits.maxEntries) {
                throw tooManyEntries();
            }
        }

        int maxEntries() {
            return limits.maxEntries;
        }

        SqlTuneException tooManyEntries() {
            return tooMuch("more than " + limits.maxEntries + " entries");
        }

        void bytes(int count) {
            bytes += count;
            if (bytes > limits.maxBytes) {
                throw tooMuch("more than " + limits.maxBytes + " bytes");
            }
            if (bytes > RATIO_FROM && bytes > limits.maxRatio * packedBytes) {
                throw tooMuch("more than " + (int) limits.maxRatio + " times its own size");
            }
        }

        private SqlTuneException tooMuch(String excess) {
            return new SqlTuneException(archive + " unpacks to " + excess
                    + ", as archives do that were made to fill disks; if you trust it, unpack it yourself and name the"
                    + " folder");
        }
    }
}
