package dev.wavetank.network;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The connections a client keeps. A request takes the one used last of those that are free, so that those not needed fall
 * idle and are closed in time; with many requests per connection it takes the one opened first that has room.
 */
final class ConnectionPool {

    private final Connections settings;
    private final long oneWayNanos;

    /** With one request per connection: the free ones, last used last. Else: all that are open, in order of opening. */
    private final ArrayDeque<Connection> available = new ArrayDeque<>();

    private final Deque<Connection> unused = new ArrayDeque<>();
    private int open;

    ConnectionPool(Connections settings, long oneWayNanos) {
        this.settings = settings;
        this.oneWayNanos = oneWayNanos;
    }

    private boolean isShared() {
        return settings.streams() > 1;
    }

    /** An open connection with room for a request, counted on it; null if there is none. */
    @Nullable
    Connection take(long now) {
        if (isShared()) {
            dropUnusable(now);
            for (Connection candidate : available) {
                if (candidate.streams < settings.streams() && !isTooOld(candidate, now)) {
                    candidate.streams++;
                    return candidate;
                }
            }
            return null;
        }
        while (!available.isEmpty() && isUnusable(available.peekFirst(), now)) {
            discard(available.pollFirst(), now, false);
        }
        Connection last = available.pollLast();
        while (last != null && isUnusable(last, now)) {
            discard(last, now, false);
            last = available.pollLast();
        }
        if (last != null) {
            last.streams = 1;
        }
        return last;
    }

    private void dropUnusable(long now) {
        available.removeIf(candidate -> {
            boolean drop = candidate.streams == 0 && isUnusable(candidate, now);
            if (drop) {
                discard(candidate, now, false);
            }
            return drop;
        });
    }

    private boolean isUnusable(Connection connection, long now) {
        return now - connection.lastUsedAt >= settings.idleTimeoutNanos()
                || isTooOld(connection, now)
                || connection.isKnownDead(now, oneWayNanos);
    }

    private boolean isTooOld(Connection connection, long now) {
        return now - connection.openedAt >= settings.maxAgeNanos();
    }

    /** True if another may be opened. */
    boolean hasRoom() {
        return open < settings.size();
    }

    /** A connection to be opened for a request, counted on it. */
    Connection fresh() {
        open++;
        Connection connection = unused.poll();
        return connection == null ? new Connection() : connection;
    }

    /** A fresh connection leads nowhere. */
    void failedToOpen(Connection connection) {
        open--;
        unused.push(connection);
    }

    /** A fresh connection leads somewhere. */
    void opened(Connection connection) {
        connection.streams = 1;
        if (isShared()) {
            available.addLast(connection);
        }
    }

    /** A request on it has ended; the connection can go on. */
    void giveBack(Connection connection, long now) {
        connection.streams--;
        connection.lastUsedAt = now;
        AppServer accepted = connection.server;
        boolean over = !connection.open
                || isTooOld(connection, now)
                || (accepted != null && accepted.closedIdleConnectionsAt() <= now);
        if (over) {
            remove(connection, now, false);
        } else if (!isShared()) {
            available.addLast(connection);
        }
    }

    /** Closes those that carry no request. */
    void closeIdle(long now) {
        available.removeIf(candidate -> {
            boolean idle = candidate.streams == 0 || !isShared();
            if (idle) {
                discard(candidate, now, false);
            }
            return idle;
        });
    }

    /** It is of no use any more: refused, reset, or abandoned in the middle of a request. */
    void remove(Connection connection, long now, boolean reset) {
        if (isShared()) {
            if (!available.remove(connection)) {
                return; // another request on it has found out before
            }
        }
        discard(connection, now, reset);
    }

    private void discard(Connection connection, long now, boolean reset) {
        open--;
        connection.close(now, reset);
        if (connection.streams <= 0) {
            unused.push(connection);
        }
    }
}
