package org.sqltune.core.thread;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.sqltune.core.SqlTuneException;

/**
 * Guards an object that one thread may use at a time: a second thread is refused at once, while the first is inside. The
 * same thread may enter again. Which thread comes next doesn't matter.
 */
public final class OneThread {
    private final ReentrantLock lock = new ReentrantLock();
    private final String what;
    private final String remedy;

    /**
     * @param what is guarded, as a message calls it: {@code "A TextGenerator"}
     * @param remedy what to do instead, in the imperative
     */
    public OneThread(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /**
     * Does some work, and keeps other threads out meanwhile.
     *
     * @throws SqlTuneException if another thread is inside; nothing is done then
     */
    public <T> T call(Supplier<T> work) {
        if (!lock.tryLock()) {
            throw new SqlTuneException(
                    what + " is for one thread at a time, and another thread is using this one: " + remedy);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #call}, for work without a result. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return this;
        });
    }
}
