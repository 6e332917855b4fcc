/// A set of strings that are told apart by their bytes; see ``ExactString``. It is used as `Set<String>` is.
public struct StringSet: Sendable, Hashable {
    private var members: Set<ExactString>

    /// Makes an empty set.
    public init() {
        members = []
    }

    /// Makes an empty set with room for a number of members.
    public init(minimumCapacity: Int) {
        members = Set(minimumCapacity: minimumCapacity)
    }

    /// Makes a set of strings; of those that come twice one stays.
    public init(_ strings: some Sequence<String>) {
        members = Set(strings.lazy.map { ExactString($0) })
    }

    private init(members: Set<ExactString>) {
        self.members = members
    }

    /// The members that meet a condition.
    public func filter(_ isIncluded: (String) throws -> Bool) rethrows -> StringSet {
        StringSet(members: try members.filter { try isIncluded($0.text) })
    }

    /// The members in the order of their bytes.
    public func sorted() -> [String] { members.sorted().map(\.text) }
}

extension StringSet: SetAlgebra {
    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// Whether a string is a member.
    public func contains(_ string: String) -> Bool { members.contains(ExactString(string)) }

    /// The members of either set.
    public func union(_ other: StringSet) -> StringSet { StringSet(members: members.union(other.members)) }

    /// The members of both sets.
    public func intersection(_ other: StringSet) -> StringSet {
        StringSet(members: members.intersection(other.members))
    }

    /// The members of this set that are not in the other.
    public func subtracting(_ other: StringSet) -> StringSet {
        StringSet(members: members.subtracting(other.members))
    }

    /// The members of one set that are not in the other.
    public func symmetricDifference(_ other: StringSet) -> StringSet {
        StringSet(members: members.symmetricDifference(other.members))
    }

    /// Adds a string, unless it is a member.
    @discardableResult
    public mutating func insert(_ string: String) -> (inserted: Bool, memberAfterInsert: String) {
        let result = members.insert(ExactString(string))
        return (result.inserted, result.memberAfterInsert.text)
    }

    /// Adds a string in place of the member that equals it.
    @discardableResult
    public mutating func update(with string: String) -> String? { members.update(with: ExactString(string))?.text }

    /// Removes a string.
    @discardableResult
    public mutating func remove(_ string: String) -> String? { members.remove(ExactString(string))?.text }

    /// Adds the members of another set.
    public mutating func formUnion(_ other: StringSet) { members.formUnion(other.members) }

    /// Removes what is not in the other set.
    public mutating func formIntersection(_ other: StringSet) { members.formIntersection(other.members) }

    /// Keeps the members of one set that are not in the other.
    public mutating func formSymmetricDifference(_ other: StringSet) {
        members.formSymmetricDifference(other.members)
    }
}

extension StringSet: Collection {
    /// A member's place.
    public typealias Index = Set<ExactString>.Index

    /// The first member's place.
    public var startIndex: Index { members.startIndex }

    /// Behind the last member's place.
    public var endIndex: Index { members.endIndex }

    /// How many members there are.
    public var count: Int { members.count }

    /// The place of the next member.
    public func index(after index: Index) -> Index { members.index(after: index) }

    /// The member at a place.
    public subscript(index: Index) -> String { members[index].text }

    /// Goes through the members.
    public func makeIterator() -> LazyMapSequence<Set<ExactString>, String>.Iterator {
        members.lazy.map(\.text).makeIterator()
    }
}

extension StringSet: CustomStringConvertible {
    /// The members, as those of a set.
    public var description: String { members.description }
}
