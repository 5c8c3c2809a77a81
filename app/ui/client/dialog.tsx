import type { ReactNode } from 'react'
import {
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  I18nProvider,
  Modal,
  ModalOverlay,
  Button as AriaButton,
} from 'react-aria-components'
import { type ButtonLook, buttonClass } from '../button.tsx'

interface DialogProps {
  /** The button that opens it. */
  label: ReactNode
  look?: ButtonLook
  small?: boolean
  title: ReactNode
  /** Gets the function that closes it. */
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A question over the page: focus stays inside, Escape closes. */
export const Dialog = ({ label, look, small, title, children }: DialogProps) => (
  <I18nProvider locale="fr-FR">
    <DialogTrigger>
      <AriaButton className={buttonClass({ look, small })}>{label}</AriaButton>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="dialog-box">
          <AriaDialog>
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                {typeof children === 'function' ? children(close) : children}
              </>
            )}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  </I18nProvider>
)
