import Foundation

/// In which order events are listed.
public enum EventOrder: Sendable, Hashable {
    /// By time, from the beginning of the period.
    case oldestFirst
    /// By time, from the end of the period.
    case newestFirst
}

/// What a listing asks for.
struct EventQuery: Sendable, Hashable {
    enum Scope: Sendable, Hashable {
        case user(UUID)
        case repository(UUID)
        case type(EventType)

        var key: String {
            switch self {
            case .user(let id): EventIndex.userKey(id.lowercased)
            case .repository(let id): EventIndex.repositoryKey(id.lowercased)
            case .type(let type): "EVENT#\(type.rawValue)"
            }
        }
    }

    var scope: Scope
    /// The first moment that counts.
    var since: Timestamp?
    /// The first moment that no longer counts.
    var until: Timestamp?
    var order: EventOrder

    /// The ULIDs that count, without those that a cursor has passed; nil when there can be none.
    func range(after cursor: EventCursor?) -> ClosedRange<ULID>? {
        var first = since.map(ULID.clamped) ?? ULID(bits: 0)
        var end = until.map(ULID.clamped)
        if let passed = cursor?.id {
            switch order {
            case .oldestFirst:
                guard let next = passed.successor else { return nil }
                first = max(first, next)
            case .newestFirst:
                end = min(end ?? passed, passed)
            }
        }
        let last = end.map { $0.bits == 0 ? nil : ULID(bits: $0.bits - 1) } ?? ULID.largestKept
        guard let last, first <= last else { return nil }
        return first...last
    }
}

extension ULID {
    /// The largest that an event may have.
    fileprivate static let largestKept = ULID(bits: (UInt128(EventLimits.latest.milliseconds + 1) << 80) - 1)

    /// The smallest of a moment; before 1970 that of 1970, after the year 9999 that of 10000.
    fileprivate static func clamped(_ moment: Timestamp) -> ULID {
        ULID(bits: UInt128(min(max(moment.milliseconds, 0), EventLimits.latest.milliseconds + 1)) << 80)
    }
}
