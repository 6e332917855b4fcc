import CLibPQ
import Glibc

extension ConnectionHandle {
    /// Connects to one server. Blocks: resolving names, TLS and SCRAM take their time, so give it a thread of its own.
    /// - Parameters:
    ///   - deadline: when to give up; `nil` is never.
    ///   - isAbandoned: asked several times a second whether anybody still wants the connection.
    static func open(
        _ options: [(keyword: String, value: String)], notices: NoticeSink, deadline: ContinuousClock.Instant?,
        isAbandoned: () -> Bool
    ) throws -> ConnectionHandle {
        let connection = CStrings.with(options.map(\.keyword)) { keywords in
            CStrings.with(options.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
        }
        guard let connection else { throw PostgresError(.systemFailure, "libpq cannot allocate a connection") }
        do {
            // Only a verbose report holds the SQLSTATE.
            PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
            notices.install(on: connection)
            try complete(connection, deadline: deadline, isAbandoned: isAbandoned)
            PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
            guard PQsetnonblocking(connection, 1) == 0 else { throw failure(of: connection) }
            return ConnectionHandle(connection: connection, notices: notices)
        } catch {
            PQfinish(connection)
            throw error
        }
    }

    private static func complete(
        _ connection: OpaquePointer, deadline: ContinuousClock.Instant?, isAbandoned: () -> Bool
    ) throws {
        guard PQstatus(connection) != CONNECTION_BAD else { throw failure(of: connection) }
        // As the manual says: the first time, as if PQconnectPoll had asked to write.
        var state = PGRES_POLLING_WRITING
        while true {
            switch state {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_FAILED: throw failure(of: connection)
            case PGRES_POLLING_READING, PGRES_POLLING_WRITING:
                let events = Int16(state == PGRES_POLLING_READING ? POLLIN : POLLOUT)
                var descriptor = pollfd(fd: PQsocket(connection), events: events, revents: 0)
                let ready = poll(&descriptor, 1, sliceInMilliseconds(deadline))
                if isAbandoned() { throw CancellationError() }
                if ready == 0, let deadline, deadline <= .now { throw timeout(of: connection) }
                if ready <= 0 { continue }
            default: break
            }
            state = PQconnectPoll(connection)
        }
    }

    /// Short enough to notice soon that nobody wants the connection any more.
    private static func sliceInMilliseconds(_ deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return 100 }
        return Int32(clamping: min(100, max(0, Int64((deadline - .now) / .milliseconds(1)) + 1)))
    }

    private static func timeout(of connection: OpaquePointer) -> PostgresError {
        let host = PQhost(connection).map { String(cString: $0) } ?? ""
        let port = PQport(connection).map { String(cString: $0) } ?? ""
        return PostgresError(.connectTimeout, "the server at \"\(host)\", port \(port), does not answer")
    }

    /// The report reads `connection to server at "db", port 5432 failed: FATAL:  28P01: password authentication
    /// failed …`, and ends in a line about the server's source.
    static func failure(_ report: String) -> PostgresError {
        let lines = report.split(separator: "\n").filter { !$0.hasPrefix("LOCATION:  ") }
        let text = lines.joined(separator: "\n")
        guard let match = text.firstMatch(of: #/(\w+):  ([0-9A-Z]{5}): /#) else {
            return PostgresError(.connectFailed, text)
        }
        let message = text.replacingCharacters(of: match.range, with: "\(match.1): ")
        let fields = PostgresError.ServerFields(
            severity: String(match.1), sqlState: String(match.2), message: message)
        return PostgresError(.connectFailed, message, server: fields)
    }

    private static func failure(of connection: OpaquePointer) -> PostgresError {
        failure(ErrorFields.trimmed(PQerrorMessage(connection)))
    }
}

extension String {
    fileprivate func replacingCharacters(of range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
