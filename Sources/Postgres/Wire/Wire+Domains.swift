import Logging

extension Wire {
    /// Asks the catalogue about the arrays in a result that are of types not met before, so that they can be read. Within a
    /// turn. The result is the caller's also when that fails: then such an array cannot be read, and its error says so.
    func meetArrays(in results: [ResultHandle]) async {
        let unknown = results.reduce(into: Set<UInt32>()) { unknown, result in
            unknown.formUnion(result.arraysOfUserDefinedTypes.filter { !domains.knows($0) })
        }
        guard !unknown.isEmpty, let status = handle?.transactionStatus, status != .inFailedTransaction else { return }
        do {
            domains.learn(try await script(DomainArrays.query), met: unknown)
        } catch {
            logger.debug("Cannot look up the type of an array's elements: \(error)")
        }
    }

    /// Begins the frame of a row stream. Nothing can be asked while rows come, so the first stream of a connection asks in
    /// the same message.
    func beginAsking(_ frame: TransactionFrame) async throws {
        guard domains.isDue else {
            _ = try await script(frame.begin)
            return
        }
        do {
            domains.learn(try await script("\(frame.begin); \(DomainArrays.query)"), met: [])
        } catch {
            // BEGIN itself has run, and nothing else of the transaction will.
            if frame.isOutermost, handle?.transactionStatus == .inFailedTransaction {
                await calm()
                _ = try await script(frame.rollBack)
            }
            throw error
        }
    }
}
