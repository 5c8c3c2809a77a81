import { Button } from '#app/ui/button.tsx'
import type { Door } from './use-door.ts'

/** The answer to who has just come, readable at arm’s length; screen readers say it at once. */
export function DoorAnswer({ door: { said, takeBack, admit, unsay } }: { door: Door }) {
  return (
    <div className="check-in-answer" role="alert" aria-atomic="true">
      {said && (
        <div className={`check-in-said ${said.tone}`}>
          <p className="check-in-title">{said.title}</p>
          {said.detail && <p>{said.detail}</p>}
          <p className="row">
            {said.admit && (
              <Button look="primary" onClick={() => void admit(said.admit!.id)}>
                Faire entrer
              </Button>
            )}
            {said.undo && <Button onClick={() => void takeBack(said.undo!)}>Annuler</Button>}
            <Button look="plain" onClick={unsay}>
              {said.admit ? 'Ne pas faire entrer' : 'Fermer'}
            </Button>
          </p>
        </div>
      )}
    </div>
  )
}
