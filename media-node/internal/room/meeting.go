package room

import "slices"

// roomOf is the room of a member who is in it. Rooms.mu is held.
func (r *Rooms) roomOf(m *member) *meeting {
	if room := r.rooms[m.roomID]; room != nil && slices.Contains(room.members, m) {
		return room
	}
	return nil
}

// remove takes a member and what they send out of their room, if they are in it. Rooms.mu is held.
func (r *Rooms) remove(m *member) {
	room := r.roomOf(m)
	if room == nil {
		return
	}
	room.members = slices.DeleteFunc(room.members, func(other *member) bool { return other == m })
	room.publications = slices.DeleteFunc(room.publications, func(p *publication) bool { return p.owner == m.id })
	if len(room.members) == 0 {
		delete(r.rooms, m.roomID)
		return
	}
	room.tell(nil, notice{Type: typeLeft, ID: m.id})
	room.renegotiate()
}

// tell sends a message to all but one. Rooms.mu is held.
func (room *meeting) tell(but *member, message any) {
	for _, m := range room.members {
		if m != but {
			m.send(message)
		}
	}
}

// renegotiate makes every member look whether there is more or less to receive. Rooms.mu is held.
func (room *meeting) renegotiate() {
	for _, m := range room.members {
		select {
		case m.stale <- struct{}{}:
		default: // it will look anyway
		}
	}
}

// person is how others see the member. Rooms.mu is held.
func (m *member) person() person {
	return person{ID: m.id, Name: m.name, Role: m.role, Media: m.media}
}
